#include "bot/simulator/seen.hpp"

#include "bot/simulator/percent.hpp"

#include <algorithm>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace bot::simulator {
namespace {

// The value of an attribute of a tag, in either kind of quotes.
std::string attribute(std::string_view tag, std::string_view name)
{
    const std::string wanted = std::string(name) + "=";
    for (auto at = tag.find(wanted); at != std::string_view::npos; at = tag.find(wanted, at + 1)) {
        const char before = at == 0 ? ' ' : tag[at - 1];
        const auto value = tag.substr(at + wanted.size());
        if (before != ' ' || value.empty() || (value[0] != '"' && value[0] != '\'')) continue;
        const auto end = value.find(value[0], 1);
        if (end != std::string_view::npos) return std::string(value.substr(1, end - 1));
    }
    return {};
}

part link_of(std::string_view tag, std::string_view label)
{
    constexpr std::string_view menu = "weixin://bizmsgmenu?";
    part link{.text = std::string(label), .href = attribute(tag, "href")};
    if (!link.href.starts_with(menu)) return link;
    const auto query = std::string_view(link.href).substr(menu.size());
    link.choice = true;
    link.says = query_value(query, "msgmenucontent");
    link.menu_id = query_value(query, "msgmenuid");
    return link;
}

struct found_link {
    part link;
    std::size_t end = 0;  // behind </a>
};

std::optional<found_link> link_at(std::string_view content, std::size_t at)
{
    constexpr std::string_view closing = "</a>";
    if (!content.substr(at).starts_with("<a ")) return std::nullopt;
    const auto tag_end = content.find('>', at);
    if (tag_end == std::string_view::npos) return std::nullopt;
    const auto label_end = content.find(closing, tag_end);
    if (label_end == std::string_view::npos) return std::nullopt;
    auto link =
        link_of(content.substr(at, tag_end - at), content.substr(tag_end + 1, label_end - tag_end - 1));
    if (link.href.empty()) return std::nullopt;
    return found_link{std::move(link), label_end + closing.size()};
}

}  // namespace

std::vector<part> read_markup(std::string_view content)
{
    std::vector<part> parts;
    std::string text;
    auto end_text = [&] {
        if (!text.empty()) parts.push_back({.text = std::exchange(text, {})});
    };
    for (std::size_t at = 0; at < content.size();) {
        if (auto found = content[at] == '<' ? link_at(content, at) : std::nullopt) {
            end_text();
            parts.push_back(std::move(found->link));
            at = found->end;
        } else {
            text += content[at++];
        }
    }
    end_text();
    return parts;
}

std::string plain_text(const std::vector<part>& parts)
{
    std::string text;
    for (const auto& one : parts) text += one.text;
    return text;
}

std::vector<part> seen::choices() const
{
    std::vector<part> found;
    std::copy_if(parts.begin(), parts.end(), std::back_inserter(found), [](const part& one) {
        return one.choice;
    });
    return found;
}

seen show(const wechat::passive_reply& reply, bool more_than_one_article)
{
    seen shown;
    auto read = [&](const auto& one) {
        using kind = std::decay_t<decltype(one)>;
        if constexpr (std::is_same_v<kind, wechat::text_reply>) {
            shown.kind = "text";
            shown.parts = read_markup(one.content);
            shown.text = plain_text(shown.parts);
        } else if constexpr (std::is_same_v<kind, wechat::image_reply>) {
            shown.kind = "image";
            shown.media_id = one.media_id;
        } else if constexpr (std::is_same_v<kind, wechat::voice_reply>) {
            shown.kind = "voice";
            shown.media_id = one.media_id;
        } else if constexpr (std::is_same_v<kind, wechat::video_reply>) {
            shown.kind = "video";
            shown.media_id = one.media_id;
            shown.text = one.title;
        } else if constexpr (std::is_same_v<kind, wechat::music_reply>) {
            shown.kind = "music";
            shown.text = one.title;
        } else if constexpr (std::is_same_v<kind, wechat::news_reply>) {
            shown.kind = "news";
            shown.articles = one.articles;
            if (!more_than_one_article && shown.articles.size() > 1) shown.articles.resize(1);
        } else if constexpr (std::is_same_v<kind, wechat::transfer_reply>) {
            shown.kind = "transfer";
        }
    };
    std::visit(read, reply);
    return shown;
}

}  // namespace bot::simulator
