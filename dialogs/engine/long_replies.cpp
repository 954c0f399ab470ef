// A passive reply has a byte limit: what does not fit is kept, and given when the citizen asks for more.
#include "dialogs/engine/turn_maker.hpp"

#include <algorithm>
#include <array>

namespace dialogs {

namespace {

// Bytes of a text reply of the platform, and what the way to the rest takes of them.
constexpr std::size_t limit = 2048, way_on = 260;
// A piece shorter than this is not worth sending ahead of the rest.
constexpr std::size_t least_piece = 90;
constexpr int turns_kept = 3;

// A choice becomes a link whose words and target are percent-encoded.
std::size_t encoded(std::string_view text)
{
    const auto plain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.'; };
    const auto safe = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), plain));
    return safe + 3 * (text.size() - safe);
}

std::size_t size_of(const choice& c)
{
    constexpr std::string_view link = R"(<a href="weixin://bizmsgmenu?msgmenucontent=&msgmenuid="></a>)";
    return link.size() + 1 + encoded(c.label) + encoded(c.target) + c.label.size();
}

std::size_t size_of(const reply& r)
{
    std::size_t size = r.text.size() + 2;
    for (const auto& c : r.choices)
        size += size_of(c);
    return size;
}

// The length of the longest beginning of at most `room` bytes that ends with a sentence; 0: none.
std::size_t sentence_end(std::string_view text, std::size_t room)
{
    constexpr auto ends = std::to_array<std::string_view>({"。", "？", "！", "；", "\n"});
    const auto head = text.substr(0, room);
    std::size_t best = 0;
    for (const auto end : ends)
        if (const auto at = head.rfind(end); at != std::string_view::npos)
            best = std::max(best, at + end.size());
    return best;
}

}  // namespace

void turn_maker::shorten()
{
    std::size_t whole = 0;
    for (const auto& r : out_.replies)
        whole += size_of(r);
    if (whole <= limit) {
        if (!after_.rest.empty() && ++after_.rest_turns > turns_kept)
            after_.rest.clear();
        return;
    }
    std::vector<reply> sent, rest;
    std::size_t room = limit - way_on;
    for (auto& r : out_.replies) {
        if (rest.empty() && size_of(r) <= room) {
            room -= size_of(r);
            sent.push_back(std::move(r));
            continue;
        }
        const auto piece = rest.empty() && room > 2 ? sentence_end(r.text, room - 2) : 0;
        if (piece >= least_piece && piece < r.text.size()) {
            sent.push_back({r.text.substr(0, piece), {}});
            r.text.erase(0, piece);
            r.text.erase(0, r.text.find_first_not_of('\n'));
        }
        rest.push_back(std::move(r));
    }
    if (sent.empty()) {  // nothing in it can be divided: the channel shortens what it must
        out_.replies = std::move(rest);
        return;
    }
    sent.push_back({data_.text(text_id::more_follows), {command_choice(text_id::more, "more")}});
    out_.replies = std::move(sent);
    after_.rest = std::move(rest);
    after_.rest_turns = 0;
    asked_ = false;
}

void turn_maker::say_more()
{
    out_.replies = std::move(after_.rest);
    after_.rest.clear();
    asked_ = top() != nullptr;
    if (!out_.replies.empty())
        return;
    top() ? ask_after(data_.text(text_id::no_more)) : say(text_id::no_more);
}

}  // namespace dialogs
