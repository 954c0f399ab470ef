// The stored forms. Short keys in the state, since it is stored with every turn; unknown keys are passed over, so that
// an older replica can read what a newer one wrote.
//
// state: {"v":1, "s":[frame…], "h":frame, "j":[shelved frame…], "c":consent version, "t":last turn ms, "k":[level, ms],
//         "g":page, "o":owner, "q":0 when no question is open, "b":1 in an album, "i":misses, "x":[turns, replies],
//         "y":1 for a minor, "u":talking since ms, "m":[[level, ms]…]}
// frame: {"f":flow, "p":step, "w":waits, "r":retries, "a":[answered steps], "l":{slot:value | [value, shown]},
//         "e":[[kind, media id, ms]…], "d":draft, "n":{gleaned as in l}, "v":version of the data, "z":put aside ms};
//         absent means the default
#include "dialogs/engine/engine.hpp"
#include "dialogs/engine/stored_json.hpp"

namespace dialogs {

using namespace stored;

namespace {

using slot_map = std::map<std::string, slot_value>;

void write_slots(std::string& out, const slot_map& from)
{
    object_writer slots(out);
    for (const auto& [name, slot] : from) {
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
        write_slots(out, f.slots);
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
    if (!f.gleaned.empty()) {
        o.key("n");
        write_slots(out, f.gleaned);
    }
    o.text("v", f.version);
    if (f.put_aside_at)
        o.number("z", ms(*f.put_aside_at));
    o.close();
}

slot_map read_slots(const json::value& v)
{
    slot_map out;
    for (const auto& [name, slot] : v.as_object()) {
        const bool pair = slot.is_array();
        const auto value = text_of(pair ? slot.as_array().at(0) : slot);
        out[std::string(name)] = {value, pair ? text_of(slot.as_array().at(1)) : value};
    }
    return out;
}

frame read_frame(const json::value& v)
{
    const auto& o = v.as_object();
    frame f;
    f.flow = text_or_empty(o, "f");
    f.step = text_or_empty(o, "p");
    if (const auto* w = member(o, "w")) {
        const auto number = w->as_int64();
        if (number < 1 || number > static_cast<int>(awaiting::heard))
            throw std::invalid_argument("state: unknown awaiting");
        f.waits = static_cast<awaiting>(number);
    }
    if (const auto* r = member(o, "r"))
        f.retries = r->to_number<int>();
    if (const auto* a = member(o, "a"))
        for (const auto& step : a->as_array())
            f.asked.push_back(text_of(step));
    if (const auto* l = member(o, "l"))
        f.slots = read_slots(*l);
    if (const auto* e = member(o, "e"))
        for (const auto& item : e->as_array()) {
            const auto& row = item.as_array();
            f.evidence.push_back({text_of(row.at(0)), text_of(row.at(1)), instant_of(row.at(2).as_int64())});
        }
    f.draft = text_or_empty(o, "d");
    if (const auto* n = member(o, "n"))
        f.gleaned = read_slots(*n);
    f.version = text_or_empty(o, "v");
    if (const auto* z = member(o, "z"))
        f.put_aside_at = instant_of(z->as_int64());
    return f;
}

int small_number(const json::value& v, int most)
{
    const auto n = v.as_int64();
    if (n < 0 || n > most)
        throw std::invalid_argument("state: number out of range");
    return static_cast<int>(n);
}

void write_marks(object_writer& o, std::string& out, const conversation& state)
{
    if (state.held_by != owner::bot)
        o.number("o", static_cast<int>(state.held_by));
    if (!state.open_question)
        o.number("q", 0);
    if (state.album)
        o.number("b", 1);
    if (state.misses)
        o.number("i", state.misses);
    if (!state.rest.empty()) {
        o.key("x") += '[';
        put(out, state.rest_turns);
        out += ',' + serialise(state.rest) + ']';
    }
    if (state.minor)
        o.number("y", 1);
    if (state.talking_since)
        o.number("u", ms(*state.talking_since));
    if (state.signs.empty())
        return;
    o.key("m");
    for (std::size_t i = 0; i < state.signs.size(); ++i) {
        out += i ? ",[" : "[[";
        put(out, static_cast<std::int64_t>(state.signs[i].level));
        out += ',';
        put(out, ms(state.signs[i].at));
        out += ']';
    }
    out += ']';
}

void read_marks(const json::object& o, conversation& state)
{
    if (const auto* w = member(o, "o"))
        state.held_by = static_cast<owner>(std::max(1, small_number(*w, static_cast<int>(owner::person))));
    state.open_question = !member(o, "q");
    state.album = member(o, "b") != nullptr;
    if (const auto* i = member(o, "i"))
        state.misses = small_number(*i, 99);
    if (const auto* x = member(o, "x")) {
        state.rest_turns = small_number(x->as_array().at(0), 99);
        state.rest = stored::replies_of(x->as_array().at(1));
    }
    state.minor = member(o, "y") != nullptr;
    if (const auto* u = member(o, "u"))
        state.talking_since = instant_of(u->as_int64());
    if (const auto* m = member(o, "m"))
        for (const auto& sign : m->as_array())
            state.signs.push_back({static_cast<crisis_level>(small_number(sign.as_array().at(0), 4)),
                                   instant_of(sign.as_array().at(1).as_int64())});
}

}  // namespace

std::string serialise(const conversation& state)
{
    std::string out;
    out.reserve(512);
    object_writer o(out);
    o.number("v", 1);
    const auto frames = [&](std::string_view key, const std::vector<frame>& list) {
        if (list.empty())
            return;
        o.key(key);
        for (std::size_t i = 0; i < list.size(); ++i) {
            out += i ? ',' : '[';
            write_frame(out, list[i]);
        }
        out += ']';
    };
    frames("s", state.stack);
    frames("j", state.shelf);
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
        out += state.care->violence ? ",1]" : "]";
    }
    write_marks(o, out, state);
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
        if (const auto* j = member(o, "j"))
            for (const auto& f : j->as_array())
                state.shelf.push_back(read_frame(f));
        if (const auto* h = member(o, "h"))
            state.paused = read_frame(*h);
        state.consent = text_or_empty(o, "c");
        state.page = text_or_empty(o, "g");
        if (const auto* t = member(o, "t"))
            state.last_turn = instant_of(t->as_int64());
        if (const auto* k = member(o, "k"))
            state.care = distress{text_of(k->as_array().at(0)), instant_of(k->as_array().at(1).as_int64()), k->as_array().size() > 2};
        read_marks(o, state);
        return state;
    });
}

}  // namespace dialogs
