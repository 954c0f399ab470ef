#pragma once
// Conversation scripts: a test that reads like a chat. The parser knows nothing of how a script is run, so the same
// files go through the bare engine and through the whole server.
//
//   # a note                          @ 2026-03-05 10:00     the clock, China time
//   > text the citizen types          @ +3天                 …moved on (分钟, 小时, 天)
//   > [图片 media-id]                 < a piece of the reply; … stands for anything between
//   > [位置 28.01,120.65 标签]        < (无)                 nothing is said
//   > [关注]  [取消关注]              = case key=value …     a case is filed with these fields
//   > [点 按钮文字或目标]             = crisis C3            a person is called, at this level
//   > [语音 文字]  [视频 id]  [文件 标题]  [链接 标题]  [菜单 key]  [扫码 scene]
//   > [接管 who]  [交回 reason]  [工作人员 text]     a person takes the conversation, gives it back, writes
//   + case code=LC… type=… unit=… state=… submitted=2026-03-01 10:00 …      what the world outside holds before the next
//   + slot kind=mediation at=2026-03-09 09:30 place=… with=…   - slot …      turn: cases of this citizen, free times
//   = person reason=asked            any other effect by its name (effect_fields), with the fields that matter; if one of
//                                    a name is expected, or it is something that a citizen files or does, the turn has as
//                                    many of that name as are expected
//
// The lines after a ">" up to the next ">" belong to one turn; several "<" lines must be found in their order.

#include "bot/base/clock.hpp"
#include "dialogs/turn.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace test {

struct clock_move {
    std::optional<bot::instant> to;       // an absolute time, or
    std::chrono::milliseconds by{0};      // a shift
};

// A tap is resolved by whoever runs the script: the button must be on a reply given before.
struct tap {
    std::string button;  // label or target
};

struct expected_case {
    std::map<std::string, std::string> fields;
};

struct expected_effect {
    std::string name;
    std::map<std::string, std::string> fields;
};

// A change of the world outside: "case" (of this citizen, in any state), "slot" (a free time), "-slot" (taken by others).
struct given {
    std::string what;
    std::map<std::string, std::string> fields;
};

struct script_turn {
    int line = 0;
    std::vector<given> world;             // changes that stand before the citizen's line
    std::vector<clock_move> before;       // clock moves that stand before the citizen's line
    std::variant<dialogs::said, tap> says;
    bool silent = false;                  // "< (无)"
    std::vector<std::string> expects;     // pieces, in order
    std::vector<expected_case> cases;
    std::vector<std::string> crises;      // levels
    std::vector<expected_effect> effects; // all others
};

struct script {
    std::string name;
    std::vector<script_turn> turns;
};

// Throws std::invalid_argument as "name:line: what is wrong".
script parse_script(std::string_view name, std::string_view content);
// All tests/conversations/*.txt of the folder, by name.
std::vector<script> read_scripts(const std::string& folder);

// Whether the pieces are found in the text, in their order; else the first that is not.
std::optional<std::string> first_missing(std::string_view text, const std::vector<std::string>& pieces);
// "2026-03-05 10:00", China time; throws std::invalid_argument.
bot::instant read_moment(std::string_view text);
// The fields of a filed case as the scripts name them, for comparing with expected_case.
std::map<std::string, std::string> case_fields(const dialogs::file_case& filed);

// The name and the fields of any effect.
expected_effect effect_fields(const dialogs::effect& of);
// Why the turn's effects are not what the script expects; nullopt when they are.
std::optional<std::string> unexpected_effects(const script_turn& turn, const std::vector<dialogs::effect>& made);

}  // namespace test
