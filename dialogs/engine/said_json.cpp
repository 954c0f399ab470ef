// The stored forms of what came in and of the replies, for the journal.
#include "dialogs/engine/engine.hpp"
#include "dialogs/engine/stored_json.hpp"

namespace dialogs {

using namespace stored;

std::string_view to_string(owner who)
{
    constexpr std::string_view names[] = {"", "bot", "waiting", "person"};
    return names[static_cast<std::size_t>(who)];
}

owner read_owner(std::string_view written)
{
    for (const auto who : {owner::bot, owner::waiting, owner::person})
        if (written == to_string(who))
            return who;
    throw std::invalid_argument("unknown owner '" + std::string(written) + "'");
}

// said: {"is":kind, …its fields}
namespace {

struct said_writer {
    std::string& out;
    void fields(std::string_view kind, std::initializer_list<std::pair<std::string_view, std::string_view>> with) const
    {
        object_writer o(out);
        o.text("is", kind);
        for (const auto& [key, value] : with)
            o.text(key, value);
        o.close();
    }
    void operator()(const said_text& s) const { fields("text", {{"text", s.text}, {"choice", s.choice}}); }
    void operator()(const sent_picture& s) const { fields("picture", {{"media", s.media_id}, {"url", s.url}}); }
    void operator()(const sent_voice& s) const { fields("voice", {{"media", s.media_id}, {"text", s.transcript}}); }
    void operator()(const sent_video& s) const { fields("video", {{"media", s.media_id}}); }
    void operator()(const sent_file& s) const { fields("file", {{"title", s.title}, {"media", s.media_id}}); }
    void operator()(const sent_link& s) const { fields("link", {{"title", s.title}, {"url", s.url}}); }
    void operator()(const followed& s) const { fields("followed", {{"scene", s.scene}}); }
    void operator()(const unfollowed&) const { fields("unfollowed", {}); }
    void operator()(const tapped_menu& s) const { fields("menu", {{"key", s.key}}); }
    void operator()(const scanned& s) const { fields("scanned", {{"scene", s.scene}}); }
    void operator()(const noticed& s) const { fields("noticed", {{"kind", s.kind}}); }
    void operator()(const owner_changed& s) const
    {
        fields("owner", {{"to", to_string(s.to)}, {"who", s.who}, {"reason", s.reason}});
    }
    void operator()(const staff_said& s) const { fields("staff", {{"who", s.who}, {"text", s.text}}); }
    void operator()(const sent_location& s) const
    {
        // to_chars gives the shortest form that reads back as the same double.
        char latitude[32], longitude[32];
        const auto lat_end = std::to_chars(latitude, latitude + sizeof latitude, s.latitude).ptr;
        const auto lon_end = std::to_chars(longitude, longitude + sizeof longitude, s.longitude).ptr;
        fields("location", {{"latitude", {latitude, static_cast<std::size_t>(lat_end - latitude)}},
                            {"longitude", {longitude, static_cast<std::size_t>(lon_end - longitude)}},
                            {"label", s.label}});
    }
};

double degrees(const json::object& o, std::string_view key)
{
    const auto text = text_or_empty(o, key);
    double out = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
        throw std::invalid_argument("location without degrees");
    return out;
}

said read_said(const json::object& o)
{
    const auto get = [&](std::string_view key) { return text_or_empty(o, key); };
    const auto kind = get("is");
    if (kind == "text")
        return said_text{get("text"), get("choice")};
    if (kind == "picture")
        return sent_picture{get("media"), get("url")};
    if (kind == "voice")
        return sent_voice{get("media"), get("text")};
    if (kind == "video")
        return sent_video{get("media")};
    if (kind == "file")
        return sent_file{get("title"), get("media")};
    if (kind == "location")
        return sent_location{degrees(o, "latitude"), degrees(o, "longitude"), get("label")};
    if (kind == "link")
        return sent_link{get("title"), get("url")};
    if (kind == "followed")
        return followed{get("scene")};
    if (kind == "unfollowed")
        return unfollowed{};
    if (kind == "menu")
        return tapped_menu{get("key")};
    if (kind == "scanned")
        return scanned{get("scene")};
    if (kind == "noticed")
        return noticed{get("kind")};
    if (kind == "owner")
        return owner_changed{read_owner(get("to")), get("who"), get("reason")};
    if (kind == "staff")
        return staff_said{get("who"), get("text")};
    throw std::invalid_argument("unknown kind of message '" + kind + "'");
}

}  // namespace

std::string serialise(const said& what)
{
    std::string out;
    std::visit(said_writer{out}, what);
    return out;
}

said parse_said(std::string_view bytes)
{
    return reading(bytes, [](const json::value& v) { return read_said(v.as_object()); });
}

// replies: [{"text":…, "choices":[[label, target]…]}…]
std::string serialise(const std::vector<reply>& replies)
{
    std::string out = "[";
    for (const auto& r : replies) {
        if (out.size() > 1)
            out += ',';
        out += "{\"text\":";
        put(out, r.text);
        for (std::size_t i = 0; i < r.choices.size(); ++i) {
            out += i ? ",[" : ",\"choices\":[[";
            put(out, r.choices[i].label);
            out += ',';
            put(out, r.choices[i].target);
            out += ']';
        }
        out += r.choices.empty() ? "}" : "]}";
    }
    return out + "]";
}

std::vector<reply> stored::replies_of(const json::value& v)
{
    std::vector<reply> out;
    for (const auto& item : v.as_array()) {
        const auto& o = item.as_object();
        reply r{.text = text_of(o.at("text"))};
        if (const auto* choices = member(o, "choices"))
            for (const auto& c : choices->as_array())
                r.choices.push_back({text_of(c.as_array().at(0)), text_of(c.as_array().at(1))});
        out.push_back(std::move(r));
    }
    return out;
}

std::vector<reply> parse_replies(std::string_view bytes)
{
    return reading(bytes, [](const json::value& v) { return stored::replies_of(v); });
}

}  // namespace dialogs
