#pragma once
// The account's access tokens (protocol §8.1): every classic call makes a new one and lets the previous live
// five more minutes; stable calls share one, which is renewed five minutes before its end.

#include "bot/base/clock.hpp"

#include <chrono>
#include <map>
#include <string>
#include <string_view>

namespace bot::simulator {

struct issued_token {
    std::string value;
    std::chrono::seconds expires_in{0};
};

// Not safe from several threads: the platform's lock covers it.
class token_book {
public:
    explicit token_book(std::chrono::seconds life) : life_(life) {}

    issued_token classic(bot::instant now);
    issued_token stable(bot::instant now, bool force_refresh);
    void revoke_all() { until_.clear(), stable_.clear(), classic_.clear(); }

    // The errcode of a call with that token: 0, 41001 (missing), 40001 (not ours), 42001 (expired).
    int check(std::string_view token, bot::instant now) const;

private:
    issued_token make(bot::instant now);
    void shorten(const std::string& token, bot::instant end);

    std::chrono::seconds life_;
    std::map<std::string, bot::instant, std::less<>> until_;
    std::string classic_;
    std::string stable_;
};

}  // namespace bot::simulator
