// What the account sends by itself (protocol §8.2 to §8.5): customer messages, typing, template messages,
// subscription notifications. Everything that is accepted appears on the person's phone at once.

#include "bot/simulator/api.hpp"

#include <algorithm>
#include <cstdio>

namespace bot::simulator {
namespace {

namespace json = boost::json;

constexpr std::size_t most_text_bytes = 2048;
constexpr std::chrono::seconds typing_shown{15};
constexpr std::chrono::seconds typing_after_contact{30};
constexpr std::chrono::minutes client_id_life{10};

std::size_t characters(std::string_view utf8)
{
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char one) {
        return (one & 0xC0) != 0x80;
    }));
}

bool ascii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char one) { return one >= 0x20 && one < 0x7F; });
}

// The rules by the field's type (protocol §8.4).
bool value_allowed(std::string_view field, std::string_view value)
{
    if (value.empty()) return false;
    if (field.starts_with("thing")) return characters(value) <= 20;
    if (field.starts_with("character_string")) return value.size() <= 32 && ascii(value);
    if (field.starts_with("phrase")) return characters(value) <= 5;
    if (field.starts_with("number")) return value.size() <= 32 && ascii(value);
    if (field.starts_with("phone_number")) return value.size() <= 17;
    return true;
}

// The notification's values as lines; nullopt when one breaks a rule.
std::optional<std::string> notice_text(const json::object& body)
{
    const auto* data = body.if_contains("data");
    if (data == nullptr || !data->is_object()) return std::nullopt;
    std::string text;
    for (const auto& [field, holder] : data->as_object()) {
        const auto value = holder.is_object() ? text_at(holder.as_object(), "value") : std::string();
        if (!value_allowed(field, value)) return std::nullopt;
        text += (text.empty() ? "" : "\n") + value;
    }
    return text;
}

bool known_template(const platform_state& platform, const std::string& id)
{
    const auto& known = platform.options.templates;
    return !id.empty() && (known.empty() || std::find(known.begin(), known.end(), id) != known.end());
}

// Text as the phone shows it: escapes that JSON did not need were not undone by the platform.
std::string shown_text(const std::string& text, const api_request& request)
{
    if (!has_needless_escape(request.body)) return text;
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (size == 3) {
            const unsigned code = (lead & 0x0Fu) << 12 |
                                  (static_cast<unsigned char>(text[at + 1]) & 0x3Fu) << 6 |
                                  (static_cast<unsigned char>(text[at + 2]) & 0x3Fu);
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04x", code);
            shown += escape;
        } else {
            shown += text.substr(at, size);
        }
        at += size;
    }
    return shown;
}

std::vector<part> menu_parts(const json::object& menu)
{
    std::vector<part> parts{{.text = text_at(menu, "head_content") + "\n"}};
    const auto* list = menu.if_contains("list");
    for (const auto& one : list != nullptr && list->is_array() ? list->as_array() : json::array()) {
        if (!one.is_object()) continue;
        const auto content = text_at(one.as_object(), "content");
        parts.push_back(
            {.text = content, .says = content, .menu_id = text_at(one.as_object(), "id"), .choice = true}
        );
        parts.push_back({.text = "\n"});
    }
    parts.push_back({.text = text_at(menu, "tail_content")});
    std::erase_if(parts, [](const part& one) { return one.text.empty(); });
    return parts;
}

struct read_message {
    int errcode = 0;
    entry line;
};

read_message read_articles(const json::object& content)
{
    read_message read{.line = {.kind = "news"}};
    const auto* articles = content.if_contains("articles");
    if (articles == nullptr || !articles->is_array() || articles->as_array().size() != 1)
        return {.errcode = 45008};
    for (const auto& one : articles->as_array())
        if (one.is_object())
            read.line.articles.push_back(
                {text_at(one.as_object(), "title"),
                 text_at(one.as_object(), "description"),
                 text_at(one.as_object(), "picurl"),
                 text_at(one.as_object(), "url")}
            );
    return read;
}

read_message read_custom(const platform_state& platform, const api_request& request, const json::object& body)
{
    const auto type = text_at(body, "msgtype");
    const auto* holder = body.if_contains(type);
    if (type.empty() || holder == nullptr || !holder->is_object()) return {.errcode = 40008};
    const auto& content = holder->as_object();
    read_message read{.line = {.kind = type}};
    if (type == "text") {
        const auto text = text_at(content, "content");
        if (text.empty()) return {.errcode = 44004};
        if (text.size() > most_text_bytes) return {.errcode = 45002};
        read.line.parts = read_markup(shown_text(text, request));
    } else if (type == "image" || type == "voice") {
        read.line.media_id = text_at(content, "media_id");
        if (!platform.media.contains(read.line.media_id)) return {.errcode = 40007};
    } else if (type == "news") {
        return read_articles(content);
    } else if (type == "msgmenu") {
        read.line.kind = "text";
        read.line.parts = menu_parts(content);
    } else if (type != "video" && type != "music" && type != "miniprogrampage" && type != "mpnewsarticle") {
        return {.errcode = 40008};
    }
    return read;
}

void arrive(platform_state& platform, person_state& life, entry line)
{
    line.from = "account";
    platform.add_line(life, std::move(line));
}

}  // namespace

api_answer send_custom(platform_state& platform, const api_request& request, const json::object& body)
{
    const auto found = platform.lives.find(text_at(body, "touser"));
    if (found == platform.lives.end()) return errcode_answer(40003);
    auto read = read_custom(platform, request, body);
    if (read.errcode != 0) return errcode_answer(read.errcode);
    if (const int code = found->second.ledger.take(platform.now())) return errcode_answer(code);
    found->second.typing_until = {};
    arrive(platform, found->second, std::move(read.line));
    return errcode_answer(0);
}

api_answer show_typing(platform_state& platform, const api_request&, const json::object& body)
{
    const auto found = platform.lives.find(text_at(body, "touser"));
    if (found == platform.lives.end()) return errcode_answer(40003);
    auto& life = found->second;
    const auto command = text_at(body, "command");
    if (command != "Typing" && command != "CancelTyping") return errcode_answer(45072);
    if (platform.now() - life.last_contact > typing_after_contact) return errcode_answer(45080);
    if (command == "Typing" && life.typing_until > platform.now()) return errcode_answer(45081);
    life.typing_until = command == "Typing" ? platform.now() + typing_shown : bot::instant{};
    return errcode_answer(0);
}

api_answer send_template(platform_state& platform, const api_request&, const json::object& body)
{
    const auto found = platform.lives.find(text_at(body, "touser"));
    if (found == platform.lives.end()) return errcode_answer(40003);
    auto& life = found->second;
    const auto id = text_at(body, "template_id");
    if (!known_template(platform, id)) return errcode_answer(40037);
    if (!life.following) return errcode_answer(43004);
    const auto text = notice_text(body);
    if (!text) return errcode_answer(47003);
    const auto client_id = text_at(body, "client_msg_id");
    std::erase_if(life.client_ids, [&](const auto& one) {
        return platform.now() - one.second >= client_id_life;
    });
    if (!client_id.empty() && !life.client_ids.emplace(client_id, platform.now()).second)
        return errcode_answer(45065);
    arrive(platform, life, {.kind = "notice", .parts = {{.text = *text}}, .label = id});
    return json_answer({{"errcode", 0}, {"errmsg", "ok"}, {"msgid", platform.next_message_id()}});
}

api_answer send_subscribed(platform_state& platform, const api_request&, const json::object& body)
{
    const auto found = platform.lives.find(text_at(body, "touser"));
    if (found == platform.lives.end()) return errcode_answer(40003);
    auto& life = found->second;
    const auto id = text_at(body, "template_id");
    if (!known_template(platform, id)) return errcode_answer(40037);
    const auto text = notice_text(body);
    if (!text) return errcode_answer(47003);
    const auto granted = life.grants.find(id);
    if (granted == life.grants.end() || granted->second == 0) return errcode_answer(43101);
    --granted->second;
    arrive(platform, life, {.kind = "notice", .parts = {{.text = *text}}, .label = id});
    return errcode_answer(0);
}

}  // namespace bot::simulator
