#pragma once
// A person with a phone. Every action is pushed to the server's webhook and gives what the phone shows as the
// answer.

#include "bot/base/clock.hpp"
#include "bot/simulator/seen.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bot::simulator {

struct platform_state;

// A line of the chat as the phone shows it.
struct entry {
    std::uint64_t seq = 0;  // counts up within this person's chat, from 1
    bot::instant at;
    std::string from;  // person, account, platform
    std::string
        kind;  // text, image, location, voice, link, press, scan, follow, unfollow, news, notice, failure …
    std::vector<part> parts;
    std::string media_id;
    double latitude = 0;
    double longitude = 0;
    std::string label;  // of a place; of the menu button pressed
    std::vector<wechat::article> articles;
    std::uint64_t exchange = 0;  // 0: no push belongs to it
    int tries = 0;               // of an answer: how many deliveries it took
    std::chrono::milliseconds took{0};
};

// All methods are safe from any thread; two actions of one person may be under way at once, as on a real
// phone.
class person {
public:
    person(platform_state& platform, std::string open_id, std::string name);
    person(const person&) = delete;

    const std::string& open_id() const { return open_id_; }
    const std::string& name() const { return name_; }

    seen say(std::string_view text);
    // Taps the newest link or choice with that label, else the menu button of that name.
    // Throws std::invalid_argument when the phone shows none.
    seen tap(std::string_view label);
    // Taps a choice whose words and target are given.
    seen choose(std::string_view says, std::string_view menu_id);
    seen press(std::string_view key);  // a menu button of type click
    // scene: of the QR code that led here; empty: found by name.
    seen follow(std::string_view scene = {});
    seen unfollow();
    seen scan(std::string_view scene);
    // The platform keeps the picture and serves it under its media id.
    seen send_picture(std::string bytes, std::string content_type = "image/jpeg");
    seen send_voice(std::string bytes, std::string_view recognition = {});
    seen send_location(double latitude, double longitude, std::string_view label);
    seen send_link(std::string_view title, std::string_view description, std::string_view url);
    // Any push, as clear XML or JSON: receipts, unknown types, nonsense.
    seen send_raw(std::string clear);

    // Allows that many one-time notifications of a template.
    void grant(std::string_view template_id, int times = 1);

    bool following() const;
    bool typing() const;  // the account shows that it is typing
    int waiting() const;  // pushes under way
    // Lines after `after`, oldest first. The last five hundred are kept.
    std::vector<entry> history(std::uint64_t after = 0) const;

private:
    platform_state& platform_;
    const std::string open_id_;
    const std::string name_;
};

}  // namespace bot::simulator
