#pragma once
// What a person's phone shows of a message: text with its links, pictures, articles; and the raw exchange
// behind it.

#include "bot/base/clock.hpp"
#include "bot/wechat/passive_reply.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bot::simulator {

// A run of text, or a link. A link of the scheme weixin://bizmsgmenu is a choice: tapping it makes the person
// say `says`, and the push carries `menu_id`.
struct part {
    std::string text;
    std::string href;
    std::string says;
    std::string menu_id;
    bool choice = false;
    bool operator==(const part&) const = default;
};

// Reads the mark-up that the phone understands (protocol §6.1): <a href="…">label</a>. Everything else is
// text.
std::vector<part> read_markup(std::string_view content);

// The text as shown: links are their labels.
std::string plain_text(const std::vector<part>& parts);

// One try to deliver a push.
struct delivery {
    int attempt = 1;
    std::chrono::milliseconds started{0};  // since the first try
    std::chrono::milliseconds took{0};
    std::string query;
    std::string body;          // as sent: in safe mode the envelope
    int status = 0;            // 0: no answer
    std::string answer;        // as received
    std::string clear_answer;  // decrypted; empty when nothing is said or it cannot be read
    // answered, silent ("success" or nothing), timed_out, unreachable, refused (a status other than 200),
    // unreadable
    std::string outcome;
};

struct exchange {
    std::uint64_t id = 0;
    bot::instant at;
    std::string clear;  // the push before encryption
    std::vector<delivery> deliveries;
};

// The answer that a person gets to a message of theirs.
struct seen {
    // nothing, text, image, voice, video, music, news, transfer, failure (the grey line: no answer in three
    // tries)
    std::string kind = "nothing";
    std::string text;
    std::vector<part> parts;
    std::string media_id;
    std::vector<wechat::article> articles;
    exchange raw;

    // The choices in the order shown.
    std::vector<part> choices() const;
};

// As the phone would show a passive reply. more_than_one_article: only in answer to some events (protocol
// §6.1).
seen show(const wechat::passive_reply& reply, bool more_than_one_article);

}  // namespace bot::simulator
