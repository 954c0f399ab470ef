// The stored forms. Short keys in the state, since it is stored with every turn; unknown keys are passed over, so that
// an older replica can read what a newer one wrote.
//
// state: {"v":1, "s":[frame…], "h":frame, "c":consent version, "t":last turn ms, "k":[level, ms], "g":page}
// frame: {"f":flow, "p":step, "w":waits, "r":retries, "a":[answered steps], "l":{slot:value | [value, shown]},
//         "e":[[kind, media id, ms]…], "d":draft}; absent means the default
#include "dialogs/engine/engine.hpp"

#include <boost/json.hpp>

#include <charconv>
#include <stdexcept>

namespace dialogs {

namespace {

namespace json = boost::json;

void put(std::string& out, std::string_view text)
{
    constexpr char hex[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

void put(std::string& out, std::int64_t number)
{
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

std::int64_t ms(bot::instant at) { return at.time_since_epoch().count(); }
bot::instant instant_of(std::int64_t ms) { return bot::instant(std::chrono::milliseconds(ms)); }

// Writes the members of one object, commas between them.
class object_writer {
public:
    explicit object_writer(std::string& out) : out_(out) { out_ += '{'; }
    void close() { out_ += '}'; }
    std::string& key(std::string_view name)
    {
        if (!first_)
            out_ += ',';
        first_ = false;
        put(out_, name);
        out_ += ':';
        return out_;
    }
    void text(std::string_view name, std::string_view value)
    {
        if (!value.empty())
            put(key(name), value);
    }
    void number(std::string_view name, std::int64_t value) { put(key(name), value); }

private:
    std::string& out_;
    bool first_ = true;
};

void write_slots(std::string& out, const frame& f)
{
    object_writer slots(out);
    for (const auto& [name, slot] : f.slots) {
        slots.key(name);
        if (slot.shown == slot.value) {
            put(out, slot.value);
            continue;
        }
        out += '[';
        put(out, slot.value);
        out += ',';
        put(out, slot.shown);
        out += ']';
    }
    slots.close();
}

void write_frame(std::string& out, const frame& f)
{
    object_writer o(out);
    o.text("f", f.flow);
    o.text("p", f.step);
    if (f.waits != awaiting::answer)
        o.number("w", static_cast<int>(f.waits));
    if (f.retries)
        o.number("r", f.retries);
    if (!f.asked.empty()) {
        o.key("a");
        for (std::size_t i = 0; i < f.asked.size(); ++i) {
            out += i ? ',' : '[';
            put(out, f.asked[i]);
        }
        out += ']';
    }
    if (!f.slots.empty()) {
        o.key("l");
        write_slots(out, f);
    }
    if (!f.evidence.empty()) {
        o.key("e");
        for (std::size_t i = 0; i < f.evidence.size(); ++i) {
            out += i ? ",[" : "[[";
            put(out, f.evidence[i].kind);
            out += ',';
            put(out, f.evidence[i].media_id);
            out += ',';
            put(out, ms(f.evidence[i].received_at));
            out += ']';
        }
        out += ']';
    }
    o.text("d", f.draft);
    o.close();
}

// Reading: what is absent is default, what has another type than we write is refused.
std::string text_of(const json::value& v) { return std::string(v.as_string()); }

const json::value* member(const json::object& o, std::string_view key) { return o.if_contains(key); }

std::string text_or_empty(const json::object& o, std::string_view key)
{
    const auto* v = member(o, key);
    return v ? text_of(*v) : std::string{};
}

frame read_frame(const json::value& v)
{
    const auto& o = v.as_object();
    frame f;
    f.flow = text_or_empty(o, "f");
    f.step = text_or_empty(o, "p");
    if (const auto* w = member(o, "w")) {
        const auto number = w->as_int64();
        if (number < 1 || number > static_cast<int>(awaiting::offer))
            throw std::invalid_argument("state: unknown awaiting");
        f.waits = static_cast<awaiting>(number);
    }
    if (const auto* r = member(o, "r"))
        f.retries = r->to_number<int>();
    if (const auto* a = member(o, "a"))
        for (const auto& step : a->as_array())
            f.asked.push_back(text_of(step));
    if (const auto* l = member(o, "l"))
        for (const auto& [name, slot] : l->as_object()) {
            const bool pair = slot.is_array();
            const auto value = text_of(pair ? slot.as_array().at(0) : slot);
            f.slots[std::string(name)] = {value, pair ? text_of(slot.as_array().at(1)) : value};
        }
    if (const auto* e = member(o, "e"))
        for (const auto& item : e->as_array()) {
            const auto& row = item.as_array();
            f.evidence.push_back({text_of(row.at(0)), text_of(row.at(1)), instant_of(row.at(2).as_int64())});
        }
    f.draft = text_or_empty(o, "d");
    return f;
}

// Every way in which Boost.JSON refuses becomes the one exception of the port.
template <class F>
auto reading(std::string_view bytes, F&& read)
{
    try {
        json::parse_options lenient;
        lenient.allow_invalid_utf8 = true;  // the bytes are what a citizen sent
        unsigned char buffer[4096];
        json::monotonic_resource memory(buffer);
        boost::system::error_code failed;
        const auto value = json::parse({bytes.data(), bytes.size()}, failed, &memory, lenient);
        if (failed)
            throw std::invalid_argument("not what serialise wrote: " + failed.message());
        return read(value);
    } catch (const std::invalid_argument&) {
        throw;
    } catch (const std::exception& e) {
        throw std::invalid_argument(std::string("not what serialise wrote: ") + e.what());
    }
}

}  // namespace

std::string serialise(const conversation& state)
{
    std::string out;
    out.reserve(512);
    object_writer o(out);
    o.number("v", 1);
    if (!state.stack.empty()) {
        o.key("s");
        for (std::size_t i = 0; i < state.stack.size(); ++i) {
            out += i ? ',' : '[';
            write_frame(out, state.stack[i]);
        }
        out += ']';
    }
    if (state.paused) {
        o.key("h");
        write_frame(out, *state.paused);
    }
    o.text("c", state.consent);
    o.text("g", state.page);
    if (state.last_turn)
        o.number("t", ms(*state.last_turn));
    if (state.care) {
        o.key("k") += '[';
        put(out, state.care->level);
        out += ',';
        put(out, ms(state.care->at));
        out += ']';
    }
    o.close();
    return out;
}

conversation parse_conversation(std::string_view bytes)
{
    return reading(bytes, [](const json::value& v) {
        const auto& o = v.as_object();
        conversation state;
        if (const auto* s = member(o, "s"))
            for (const auto& f : s->as_array())
                state.stack.push_back(read_frame(f));
        if (const auto* h = member(o, "h"))
            state.paused = read_frame(*h);
        state.consent = text_or_empty(o, "c");
        state.page = text_or_empty(o, "g");
        if (const auto* t = member(o, "t"))
            state.last_turn = instant_of(t->as_int64());
        if (const auto* k = member(o, "k"))
            state.care = distress{text_of(k->as_array().at(0)), instant_of(k->as_array().at(1).as_int64())};
        return state;
    });
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

std::vector<reply> parse_replies(std::string_view bytes)
{
    return reading(bytes, [](const json::value& v) {
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
    });
}

}  // namespace dialogs
