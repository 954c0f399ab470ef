#pragma once
// Which body came with which address signature. In plain mode the signature does not cover the body: who has seen one
// request could send another body with its address line.

#include "bot/base/clock.hpp"
#include "bot/wechat/fingerprint.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace bot::wechat {

class replay_memory {
public:
    // At most so many signatures are remembered; the oldest are forgotten first.
    explicit replay_memory(std::size_t capacity) : capacity_(capacity) {}

    // Call it with valid signatures only: they are remembered. True for a signature that is new or came with the same
    // body (the platform's retry), false when it came with another body in the last keep.
    bool admits(
        std::string_view signature, const fingerprint& body, bot::instant now, std::chrono::seconds keep
    );

    std::size_t size() const { return bodies_.size(); }

private:
    struct remembered {
        fingerprint body;
        bot::instant at;
    };

    void forget(bot::instant before);

    std::size_t capacity_;
    std::unordered_map<std::string, remembered> bodies_;
    // In order of arrival. The map's keys do not move, so that they are not stored twice.
    std::deque<std::unordered_map<std::string, remembered>::const_pointer> arrivals_;
};

}  // namespace bot::wechat
