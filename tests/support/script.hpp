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
//   ! a piece that is nowhere in the reply
//   ~ 对方                            whoever speaks from here on: another citizen; the first one has no name
//   + case code=LC… type=… unit=… state=… submitted=2026-03-01 10:00 …      what the world outside holds before the next
//   + slot kind=mediation at=2026-03-09 09:30 place=… with=…   - slot …      turn: cases of this citizen, free times,
//   + service kind=complaint code=… state=handling                          what became of what else they filed (all of
//                                     the kind without a code), and an invitation of the other side: of a case described
//   + invitation code=YQ… state=open type=… unit=… applicant=… requests=…   here, or of the one filed last in the script
//   + law law=民法典 article=第一条 version=2020-05-28 text=…               a law that is imported, for the whole script
//   = person reason=asked            any other effect by its name (effect_fields), with the fields that matter; if one of
//                                    a name is expected, or it is something that a citizen files or does, the turn has as
//                                    many of that name as are expected
//
// The lines after a ">" up to the next ">" belong to one turn; several "<" lines must be found in their order.

#include "bot/base/clock.hpp"
#include "dialogs/knowledge/law_rows.hpp"
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

// A change of the world outside: "case" (of this citizen, in any state), "slot" (a free time), "-slot" (taken by others),
// "service" (what else they filed), "invitation" (of the other side).
struct given {
    std::string what;
    std::map<std::string, std::string> fields;
};

struct script_turn {
    int line = 0;
    std::string who;                      // empty: the citizen the script begins with
    std::vector<given> world;             // changes that stand before the citizen's line
    std::vector<clock_move> before;       // clock moves that stand before the citizen's line
    std::variant<dialogs::said, tap> says;
    bool silent = false;                  // "< (无)"
    std::vector<std::string> expects;     // pieces, in order
    std::vector<std::string> avoids;      // pieces that must not be said
    std::vector<expected_case> cases;
    std::vector<std::string> crises;      // levels
    std::vector<expected_effect> effects; // all others
};

struct script {
    std::string name;
    std::vector<script_turn> turns;
    std::vector<given> laws;
};

// Throws std::invalid_argument as "name:line: what is wrong".
script parse_script(std::string_view name, std::string_view content);
// All tests/conversations/*.txt of the folder, by name.
std::vector<script> read_scripts(const std::string& folder);

// Whether the pieces are found in the text, in their order; else the first that is not.
std::optional<std::string> first_missing(std::string_view text, const std::vector<std::string>& pieces);
// The first piece that is in the text though it must not be; … stands for anything between.
std::optional<std::string> first_unwanted(std::string_view text, const std::vector<std::string>& pieces);
// "2026-03-05 10:00", China time; throws std::invalid_argument.
bot::instant read_moment(std::string_view text);
std::string write_moment(bot::instant at);
std::vector<dialogs::law_row> law_rows(const std::vector<given>& laws);
// Into a folder that a law library is opened from.
void write_laws(std::vector<dialogs::law_row> rows, const std::string& folder);
// The fields of a filed case as the scripts name them, for comparing with expected_case.
std::map<std::string, std::string> case_fields(const dialogs::file_case& filed);

// The name and the fields of any effect.
expected_effect effect_fields(const dialogs::effect& of);
// Why the turn's effects are not what the script expects; nullopt when they are.
std::optional<std::string> unexpected_effects(const script_turn& turn, const std::vector<dialogs::effect>& made);
// The same for effects that are named already.
std::optional<std::string> unexpected_effects(const script_turn& turn, const std::vector<expected_effect>& made);

}  // namespace test
