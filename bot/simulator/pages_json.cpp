#include "bot/simulator/pages_json.hpp"

#include <utility>

namespace bot::simulator {
namespace {

namespace json = boost::json;

std::string_view mode_name(wechat::mode mode)
{
    switch (mode) {
        case wechat::mode::plain:
            return "plain";
        case wechat::mode::compatible:
            return "compatible";
        default:
            return "safe";
    }
}

// Text of a peer may hold bytes that are no UTF-8; the page gets U+FFFD in their place.
std::string printable(std::string_view text)
{
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    std::string clean;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t size = lead < 0x80   ? 1
                                 : lead < 0xC2 ? 0
                                 : lead < 0xE0 ? 2
                                 : lead < 0xF0 ? 3
                                 : lead < 0xF5 ? 4
                                               : 0;
        bool whole = size != 0 && at + size <= text.size();
        for (std::size_t next = 1; whole && next < size; ++next) whole = (text[at + next] & 0xC0) == 0x80;
        clean += whole ? text.substr(at, size) : replacement;
        at += whole ? size : 1;
    }
    return clean;
}

json::array parts_json(const std::vector<part>& parts)
{
    json::array all;
    for (const auto& one : parts) {
        json::object made{{"text", one.text}};
        if (one.choice) {
            made["says"] = one.says;
            made["menu_id"] = one.menu_id;
        } else if (!one.href.empty()) {
            made["href"] = one.href;
        }
        all.push_back(std::move(made));
    }
    return all;
}

json::object entry_json(const entry& one)
{
    json::object made{
        {"seq", one.seq}, {"at", one.at.time_since_epoch().count()}, {"from", one.from}, {"kind", one.kind}
    };
    if (!one.parts.empty()) made["parts"] = parts_json(one.parts);
    if (!one.media_id.empty()) made["media_id"] = one.media_id;
    if (!one.label.empty()) made["label"] = one.label;
    if (one.kind == "location") {
        made["latitude"] = one.latitude;
        made["longitude"] = one.longitude;
    }
    json::array articles;
    for (const auto& item : one.articles)
        articles.push_back(
            {{"title", item.title},
             {"description", item.description},
             {"picture_url", item.picture_url},
             {"url", item.url}}
        );
    if (!articles.empty()) made["articles"] = std::move(articles);
    if (one.exchange != 0) made["exchange"] = one.exchange;
    if (one.tries != 0) {
        made["tries"] = one.tries;
        made["took_ms"] = one.took.count();
    }
    return made;
}

}  // namespace

json::object account_json(const fake_platform& platform)
{
    const auto& account = platform.account();
    json::value buttons = json::array();
    boost::system::error_code none;
    const auto menu = json::parse(platform.menu(), none);
    if (!none && menu.is_object() && menu.as_object().contains("button"))
        buttons = menu.as_object().at("button");
    return {
        {"original_id", account.original_id},
        {"app_id", account.app_id},
        {"mode", mode_name(account.configured_mode)},
        {"menu", std::move(buttons)},
    };
}

json::object person_json(const person& one)
{
    const auto lines = one.history();
    return {
        {"openid", one.open_id()},
        {"name", one.name()},
        {"following", one.following()},
        {"last_seq", lines.empty() ? 0 : lines.back().seq},
    };
}

json::object history_json(const person& one, std::uint64_t after)
{
    json::array entries;
    for (const auto& line : one.history(after)) entries.push_back(entry_json(line));
    return {
        {"following", one.following()},
        {"typing", one.typing()},
        {"waiting", one.waiting()},
        {"entries", std::move(entries)},
    };
}

json::object exchange_json(const exchange& one)
{
    json::array deliveries;
    for (const auto& each : one.deliveries)
        deliveries.push_back(json::object{
            {"attempt", each.attempt},
            {"started_ms", each.started.count()},
            {"took_ms", each.took.count()},
            {"query", printable(each.query)},
            {"body", printable(each.body)},
            {"status", each.status},
            {"answer", printable(each.answer)},
            {"clear_answer", printable(each.clear_answer)},
            {"outcome", each.outcome},
        });
    return {
        {"id", one.id},
        {"at", one.at.time_since_epoch().count()},
        {"clear", printable(one.clear)},
        {"deliveries", std::move(deliveries)},
    };
}

}  // namespace bot::simulator
