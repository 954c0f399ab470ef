#pragma once
// A scripted conversation: what one citizen says, line by line, and what the replies must contain.
//
//   # comment
//   [关注]<TAB>您好                     follow the account; the reply must contain 您好
//   邻居半夜装修                        a text; \n in it is a line break
//   138000{nnnnn}                       the citizen's number, as many last digits as there are n
//   [图片 evidence-1]                   a picture by its media id
//   [位置 27.99 120.70 某某路1号]       a location
//   [菜单 MENU_KEY]                     a tap on the account's menu
//   谢谢<TAB>[空]                       an empty answer or "success" is right here
// Several expectations of a line are separated by TABs; each must occur in the reply.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace load {

enum class said { text, follow, picture, location, menu };

struct line {
    said kind = said::text;
    std::string value;  // the text, media id, place as "X Y Label" or menu key; {n…} not yet filled in
    std::vector<std::string> expected;
    bool may_be_silent = false;
};

using script = std::vector<line>;

// Throws std::runtime_error naming the line when the text cannot be a script.
script parse_script(std::string_view text);
script read_script(const std::string& path);

// The built-in conversation: a follow and some plain sentences, nothing expected but a sound reply.
script small_talk();

// Puts the last digits of the citizen's number in place of {n…}, into out.
void fill_in(std::string_view value, std::uint64_t citizen, std::string& out);

// Appends the platform's XML of this line. value: already filled in. Events carry no message id.
struct message_head {
    std::string_view to, from;
    std::int64_t created = 0;  // unix seconds
    std::uint64_t id = 0;
};
void append_message(const message_head& head, said kind, std::string_view value, std::string& xml);

}  // namespace load
