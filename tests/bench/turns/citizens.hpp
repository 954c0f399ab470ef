#pragma once
// The virtual citizens: each runs the script from its start under an OpenID of its own, and is then succeeded
// by a new one. Composes what a citizen says, seals it, and judges what comes back.

#include "tests/bench/turns/script.hpp"
#include "tests/bench/turns/wire.hpp"

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace load {

enum class verdict {
    good,
    silent,  // empty or "success" where a reply was due: taken, but nothing said
    // What follows is a wrong reply.
    not_an_envelope,
    bad_signature,
    bad_cipher,
    not_swapped,
    empty_content,
    not_expected,
    not_echoed,
    differing,  // another copy of the same message was answered otherwise
    count
};
const char* name_of(verdict v);

struct citizen {
    std::string openid;
    std::uint64_t number = 0;
    std::size_t at = 0;     // line of the script
    std::string xml, said;  // what is being said now; xml is empty when it has yet to be composed
    std::int64_t intended = 0;
    unsigned attempts = 0;  // deliveries of the present message, each of all its copies
    unsigned open_copies = 0;
    bool answered = false;  // a copy got its reply
    bool silent = false;    // a copy got no words
    bool wrong = false;
    std::string reply;  // clear text of the first copy answered
};

class citizens {
public:
    struct options {
        account as;
        script says;
        bool echo = false;  // the peer gives back what was said; expectations are not looked at
    };
    explicit citizens(options o);

    std::uint32_t add();
    void renew(std::uint32_t who);
    // To the next line; true when the script was at its end and a new citizen took the place.
    bool advance(std::uint32_t who);

    citizen& operator[](std::uint32_t who) { return all_[who]; }
    std::size_t size() const { return all_.size(); }

    // Appends one whole HTTP request of the citizen's present message, sealed and signed anew.
    void write_request(std::uint32_t who, std::string_view host, std::string_view path, std::string& out);

    // Judges one answer's body against the present line, and the other copies. example: set when the reply is
    // wrong.
    verdict judge(std::uint32_t who, std::string_view body, std::string& example);

private:
    void compose(citizen& c);
    void write_body(const citizen& c);
    // shown: in, the body; out, what to show of a wrong reply.
    verdict open_reply(citizen& c, std::string_view& shown);
    verdict check_clear(citizen& c, std::string_view clear);
    std::string_view random_digits(std::size_t count);

    options options_;
    codec codec_;
    std::mt19937_64 random_;
    std::string run_;  // distinguishes this run's OpenIDs from those of others
    std::uint64_t next_number_ = 0;
    std::uint64_t next_message_ = 0;
    std::vector<citizen> all_;
    std::string digits_, body_, encrypted_, field_;  // buffers, kept for their capacity
    std::array<std::string, 4> envelope_;
};

}  // namespace load
