// The stored forms. Short keys in the state, since it is stored with every turn; unknown keys are passed over, so that
// an older replica can read what a newer one wrote.
//
// state: {"v":1, "s":[frame…], "h":frame, "c":consent version, "t":last turn ms, "k":[level, ms], "g":page}
// frame: {"f":flow, "p":step, "w":waits, "r":retries, "a":[answered steps], "l":{slot:value | [value, shown]},
//         "e":[[kind, media id, ms]…], "d":draft}; absent means the default
#include "dialogs/engine/engine.hpp"
#include "dialogs/engine/stored_json.hpp"

namespace dialogs {

using namespace stored;

namespace {

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

}  // namespace dialogs
