#include "bot/simulator/person.hpp"

#include "bot/simulator/platform_state.hpp"
#include "bot/wechat/inbound_xml.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace bot::simulator {
namespace {

// What an action puts on the phone and into the push.
struct action {
    entry line;                    // of the person; kind empty: the phone shows none
    std::optional<contact> opens;  // the window it opens for customer messages
    wechat::inbound_content content;
    std::string event;  // empty: a message
    std::string event_key;
    std::string raw;  // instead of content
    bool tell = true;
};

wechat::inbound inbound_of(platform_state& platform, const std::string& open_id, const action& what)
{
    wechat::inbound message;
    message.to = platform.options.account.original_id;
    message.from = open_id;
    message.create_time = std::chrono::floor<std::chrono::seconds>(platform.now());
    message.event = what.event;
    message.event_key = what.event_key;
    message.content = what.content;
    if (what.event.empty()) {
        message.msg_id = platform.next_message_id();
        message.msg_id_text = std::to_string(message.msg_id);
    }
    return message;
}

void show_answer(platform_state& platform, const std::string& open_id, const seen& shown)
{
    const std::lock_guard lock(platform.guard);
    auto& life = platform.lives[open_id];
    --life.waiting;
    life.typing_until = {};
    if (shown.kind == "nothing") return;
    entry line{.from = shown.kind == "failure" ? "platform" : "account", .kind = shown.kind};
    line.parts = shown.parts;
    if (line.parts.empty() && !shown.text.empty()) line.parts = {{.text = shown.text}};
    line.media_id = shown.media_id;
    line.articles = shown.articles;
    line.exchange = shown.raw.id;
    line.tries = static_cast<int>(shown.raw.deliveries.size());
    line.took = shown.raw.deliveries.back().started + shown.raw.deliveries.back().took;
    platform.add_line(life, std::move(line));
}

seen act(platform_state& platform, const std::string& open_id, action what)
{
    std::unique_lock lock(platform.guard);
    auto& life = platform.lives[open_id];
    const auto id = platform.next_number();
    auto clear = what.raw.empty() ? wechat::to_xml(inbound_of(platform, open_id, what)) : std::move(what.raw);
    if (!what.line.kind.empty()) {
        what.line.from = "person";
        what.line.exchange = id;
        platform.add_line(life, std::move(what.line));
    }
    life.last_contact = platform.now();
    if (what.opens) life.ledger.opened(*what.opens, platform.now());
    ++life.waiting;
    lock.unlock();

    try {
        auto shown = push(platform, std::move(clear), open_id, id, what.tell);
        show_answer(platform, open_id, shown);
        return shown;
    } catch (...) {
        lock.lock();
        --life.waiting;  // the reference stays valid: nobody is ever forgotten
        throw;
    }
}

// The button of that name in the account's menu, or nullptr.
const boost::json::object* button_named(const boost::json::value& menu, std::string_view name)
{
    const auto* buttons = menu.is_object() ? menu.as_object().if_contains("button") : nullptr;
    if (buttons == nullptr || !buttons->is_array())
        buttons = menu.is_object() ? menu.as_object().if_contains("sub_button") : nullptr;
    if (buttons == nullptr || !buttons->is_array()) return nullptr;
    for (const auto& one : buttons->as_array()) {
        const auto* called = one.as_object().if_contains("name");
        if (called != nullptr && called->as_string() == name && one.as_object().contains("key"))
            return &one.as_object();
        if (const auto* below = button_named(one, name)) return below;
    }
    return nullptr;
}

std::string button_name(const std::string& menu, std::string_view key)
{
    boost::system::error_code broken;
    const auto parsed = boost::json::parse(menu, broken);
    std::vector<const boost::json::value*> open{&parsed};
    while (!broken && !open.empty()) {
        const auto* at = open.back();
        open.pop_back();
        if (at->is_array())
            for (const auto& one : at->as_array()) open.push_back(&one);
        if (!at->is_object()) continue;
        const auto& object = at->as_object();
        if (object.contains("key") && object.at("key").as_string() == key)
            return std::string(object.at("name").as_string());
        for (const auto* list : {"button", "sub_button"})
            if (object.contains(list)) open.push_back(&object.at(list));
    }
    return std::string(key);
}

}  // namespace

person::person(platform_state& platform, std::string open_id, std::string name)
    : platform_(platform), open_id_(std::move(open_id)), name_(std::move(name))
{
}

seen person::say(std::string_view text)
{
    action what;
    what.line = {.kind = "text", .parts = {{.text = std::string(text)}}};
    what.opens = contact::message;
    what.content = wechat::text_message{.content = std::string(text)};
    return act(platform_, open_id_, std::move(what));
}

seen person::tap(std::string_view label)
{
    std::unique_lock lock(platform_.guard);
    const auto& lines = platform_.lives[open_id_].lines;
    for (auto line = lines.rbegin(); line != lines.rend(); ++line)
        for (const auto& one : line->parts)
            if (line->from == "account" && one.choice && one.text == label) {
                const part chosen = one;
                lock.unlock();
                return choose(chosen.says, chosen.menu_id);
            }
    const auto menu = platform_.menu;
    lock.unlock();

    boost::system::error_code broken;
    const auto parsed = boost::json::parse(menu.empty() ? "{}" : menu, broken);
    const auto* button = broken ? nullptr : button_named(parsed, label);
    if (button == nullptr)
        throw std::invalid_argument("the phone shows nothing to tap that is called " + std::string(label));
    return press(std::string_view(button->at("key").as_string()));
}

seen person::choose(std::string_view says, std::string_view menu_id)
{
    action what;
    what.line = {.kind = "text", .parts = {{.text = std::string(says)}}};
    what.opens = contact::menu_tap;
    what.content = wechat::text_message{.content = std::string(says), .bizmsgmenuid = std::string(menu_id)};
    return act(platform_, open_id_, std::move(what));
}

seen person::press(std::string_view key)
{
    std::unique_lock lock(platform_.guard);
    const auto menu = platform_.menu;
    lock.unlock();
    action what;
    what.line = {.kind = "press", .label = menu.empty() ? std::string(key) : button_name(menu, key)};
    what.opens = contact::menu_tap;
    what.content = wechat::click_event{};
    what.event = "CLICK";
    what.event_key = key;
    return act(platform_, open_id_, std::move(what));
}

seen person::follow(std::string_view scene)
{
    action what;
    what.line = {.kind = "follow"};
    what.opens = contact::follow;
    what.event = "subscribe";
    std::unique_lock lock(platform_.guard);
    auto& life = platform_.lives[open_id_];
    life.following = true;
    life.since = platform_.now();
    life.scene = scene;
    what.content =
        wechat::subscribe_event{.ticket = scene.empty() ? "" : platform_.ticket_for(std::string(scene))};
    lock.unlock();
    if (!scene.empty()) what.event_key = "qrscene_" + std::string(scene);
    return act(platform_, open_id_, std::move(what));
}

seen person::unfollow()
{
    action what;
    what.line = {.kind = "unfollow"};
    what.event = "unsubscribe";
    what.content = wechat::unsubscribe_event{};
    what.tell = false;
    std::unique_lock lock(platform_.guard);
    auto& life = platform_.lives[open_id_];
    life.following = false;
    life.ledger.closed();
    lock.unlock();
    return act(platform_, open_id_, std::move(what));
}

seen person::scan(std::string_view scene)
{
    if (!following()) return follow(scene);
    action what;
    what.line = {.kind = "scan", .label = std::string(scene)};
    what.opens = contact::scan;
    what.event = "SCAN";
    what.event_key = scene;
    std::unique_lock lock(platform_.guard);
    what.content = wechat::scan_event{.ticket = platform_.ticket_for(std::string(scene))};
    lock.unlock();
    return act(platform_, open_id_, std::move(what));
}

seen person::send_picture(std::string bytes, std::string content_type)
{
    std::unique_lock lock(platform_.guard);
    auto id = platform_.keep_media(
        {.type = "image", .content_type = std::move(content_type), .bytes = std::move(bytes)}
    );
    const auto address = platform_.api_base + "/picture/" + id;
    lock.unlock();
    action what;
    what.line = {.kind = "image", .media_id = id};
    what.opens = contact::message;
    what.content = wechat::image_message{.pic_url = address, .media_id = id};
    return act(platform_, open_id_, std::move(what));
}

seen person::send_voice(std::string bytes, std::string_view recognition)
{
    std::unique_lock lock(platform_.guard);
    auto id = platform_.keep_media({.type = "voice", .content_type = "audio/amr", .bytes = std::move(bytes)});
    lock.unlock();
    action what;
    what.line = {.kind = "voice", .media_id = id};
    what.opens = contact::message;
    what.content =
        wechat::voice_message{.media_id = id, .format = "amr", .recognition = std::string(recognition)};
    return act(platform_, open_id_, std::move(what));
}

seen person::send_location(double latitude, double longitude, std::string_view label)
{
    action what;
    what.line = {
        .kind = "location", .latitude = latitude, .longitude = longitude, .label = std::string(label)
    };
    what.opens = contact::message;
    what.content = wechat::location_message{
        .location_x = latitude, .location_y = longitude, .scale = 15, .label = std::string(label)
    };
    return act(platform_, open_id_, std::move(what));
}

seen person::send_link(std::string_view title, std::string_view description, std::string_view url)
{
    action what;
    what.line = {.kind = "link", .parts = {{.text = std::string(title), .href = std::string(url)}}};
    what.opens = contact::message;
    what.content = wechat::link_message{
        .title = std::string(title), .description = std::string(description), .url = std::string(url)
    };
    return act(platform_, open_id_, std::move(what));
}

seen person::send_raw(std::string clear)
{
    action what;
    what.raw = std::move(clear);
    what.tell = false;
    return act(platform_, open_id_, std::move(what));
}

void person::grant(std::string_view template_id, int times)
{
    const std::lock_guard lock(platform_.guard);
    platform_.lives[open_id_].grants[std::string(template_id)] += times;
}

bool person::following() const
{
    const std::lock_guard lock(platform_.guard);
    return platform_.lives[open_id_].following;
}

bool person::typing() const
{
    const std::lock_guard lock(platform_.guard);
    return platform_.lives[open_id_].typing_until > platform_.now();
}

int person::waiting() const
{
    const std::lock_guard lock(platform_.guard);
    return platform_.lives[open_id_].waiting;
}

std::vector<entry> person::history(std::uint64_t after) const
{
    const std::lock_guard lock(platform_.guard);
    const auto& lines = platform_.lives[open_id_].lines;
    const auto first =
        std::find_if(lines.begin(), lines.end(), [after](const entry& one) { return one.seq > after; });
    return {first, lines.end()};
}

}  // namespace bot::simulator
