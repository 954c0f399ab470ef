// Pictures and the like: kept whenever they come while a form takes them, asked for or not.
#include "dialogs/engine/readers.hpp"
#include "dialogs/engine/turn_maker.hpp"

#include <algorithm>

namespace dialogs {

namespace {

// Pictures sent together arrive within seconds.
constexpr auto album_pause = std::chrono::minutes(1);

}  // namespace

void turn_maker::answer_evidence(frame& f)
{
    const auto count = std::to_string(f.evidence.size());
    const bool finished = data_.says(command::done, heard_.plain);
    if (finished || says_skip(heard_.text) || data_.says(command::skip, heard_.plain)) {
        if (f.evidence.empty() && step_of(f).required)
            return miss();
        if (f.evidence.empty())
            return store({}, data_.text(text_id::evidence_none));
        return store(count, fill(data_.text(text_id::evidence_list), {{"count", count}}));
    }
    miss();
}

// A picture is kept whenever it comes during a filing, asked for or not.
void turn_maker::add_evidence(frame& f)
{
    const auto& steps = flow_of(f).steps;
    const auto wanted = std::find_if(steps.begin(), steps.end(), [](const step& s) { return s.type == slot_type::evidence; });
    const bool asked_now = f.step == wanted->id && (f.waits == awaiting::answer || f.waits == awaiting::correction);
    const bool again = std::any_of(f.evidence.begin(), f.evidence.end(), [&](const evidence& e) {
        return e.media_id == heard_.media_id;
    });
    const bool full = static_cast<int>(f.evidence.size()) >= wanted->most;
    if (!again && !full) {
        constexpr std::string_view kinds[] = {"", "picture", "voice", "video", "file"};
        f.evidence.push_back({std::string(kinds[static_cast<std::size_t>(heard_.what)]), heard_.media_id, input_.now});
    }
    f.retries = 0;
    const auto count = std::to_string(f.evidence.size());
    if (const auto slot = f.slots.find(wanted->slot); slot != f.slots.end())
        slot->second = {count, fill(data_.text(text_id::evidence_list), {{"count", count}})};
    after_.album = true;
    if (asked_now)
        return prompt(fill(data_.text(full ? text_id::evidence_full : text_id::evidence_got), {{"count", count}}),
                      {flow_choice(f, text_id::done_evidence, wanted->id, "done")});
    const auto got = fill(data_.text(full ? text_id::evidence_full : text_id::evidence_early), {{"count", count}});
    // The next ones of an album: the question stands right above them.
    const bool same_album = before_.album && before_.last_turn && input_.now - *before_.last_turn < album_pause;
    same_album ? prompt(got, {}) : ask_after(got);
}

}  // namespace dialogs
