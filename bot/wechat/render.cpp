#include "bot/wechat/passive_reply.hpp"
#include "bot/wechat/query.hpp"
#include "bot/wechat/unicode.hpp"

#include <algorithm>

namespace bot::wechat {
namespace {

constexpr std::string_view ellipsis = "…";

// So much of the texts stays before a choice has to give way: two hundred Chinese characters.
constexpr std::size_t least_text = 600;

enum class shown { as_link, as_line, not_at_all };

struct option {
    std::string link;
    std::string line;  // the label alone: it can still be typed
    shown how = shown::as_link;

    std::string_view text() const { return how == shown::as_link ? link : line; }
};

struct block {
    std::string text;
    std::vector<option> options;
};

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

// No character that XML forbids, and no '<': what a citizen wrote comes back in our texts and must not become a link.
std::string harmless(std::string_view text)
{
    std::string legal;
    append_legal(legal, text);
    std::string made;
    made.reserve(legal.size());
    for (const char c : legal) {
        if (c == '<')
            made += "＜";
        else
            made += c;
    }
    return made;
}

option option_of(const dialogs::choice& choice)
{
    option made;
    made.line = harmless(choice.label);
    made.link = "<a href=\"weixin://bizmsgmenu?msgmenucontent=";
    append_percent_encoded(made.link, choice.label);
    made.link += "&msgmenuid=";
    append_percent_encoded(made.link, choice.target);
    made.link.append("\">").append(made.line).append("</a>");
    return made;
}

std::vector<block> blocks_of(const std::vector<dialogs::reply>& replies)
{
    std::vector<block> blocks;
    for (const auto& reply : replies) {
        block made;
        if (!blank(reply.text))
            made.text = harmless(reply.text);
        for (const auto& choice : reply.choices)
            if (!blank(choice.label))
                made.options.push_back(option_of(choice));
        if (!made.text.empty() || !made.options.empty())
            blocks.push_back(std::move(made));
    }
    return blocks;
}

std::string joined(const std::vector<block>& blocks)
{
    std::string whole;
    const auto add = [&](std::string_view part, std::string_view separator) {
        if (!whole.empty())
            whole += separator;
        whole += part;
    };
    for (const auto& one : blocks) {
        std::string_view separator = "\n\n";
        if (!one.text.empty()) {
            add(one.text, separator);
            separator = "\n";
        }
        for (const auto& option : one.options) {
            if (option.how == shown::not_at_all)
                continue;
            add(option.text(), separator);
            separator = "\n";
        }
    }
    return whole;
}

std::size_t text_bytes(const std::vector<block>& blocks)
{
    std::size_t sum = 0;
    for (const auto& one : blocks)
        sum += one.text.size();
    return sum;
}

// Turns choices into plain lines, and then leaves them out, the last ones first, until the rest fits beside the text.
void thin_out_options(std::vector<block>& blocks, std::size_t kept_text)
{
    const std::size_t others = text_bytes(blocks) - kept_text;
    for (const shown lesser : {shown::as_line, shown::not_at_all}) {
        for (auto one = blocks.rbegin(); one != blocks.rend(); ++one) {
            for (auto option = one->options.rbegin(); option != one->options.rend(); ++option) {
                if (joined(blocks).size() <= max_text_bytes + others)
                    return;
                option->how = lesser;
            }
        }
    }
}

// The largest size which, as the limit of every text, makes them fit together: short ones stay whole.
std::size_t fair_limit(const std::vector<block>& blocks, std::size_t budget)
{
    std::vector<std::size_t> sizes;
    for (const auto& one : blocks)
        sizes.push_back(one.text.size());
    std::sort(sizes.begin(), sizes.end());
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const std::size_t share = budget / (sizes.size() - i);
        if (sizes[i] > share)
            return share;
        budget -= sizes[i];
    }
    return max_text_bytes;
}

void shorten(std::string& text, std::size_t limit)
{
    if (text.size() <= limit)
        return;
    const std::size_t room = limit < ellipsis.size() ? 0 : limit - ellipsis.size();
    text.resize(cut_text(text, room).size());
    if (!text.empty())
        text += ellipsis;
}

}  // namespace

passive_reply render(const std::vector<dialogs::reply>& replies)
{
    auto blocks = blocks_of(replies);
    if (joined(blocks).size() > max_text_bytes) {
        thin_out_options(blocks, std::min(text_bytes(blocks), least_text));
        const std::size_t whole = joined(blocks).size();
        if (whole > max_text_bytes) {
            const std::size_t texts = text_bytes(blocks);
            const std::size_t around = whole - texts;
            const std::size_t limit = fair_limit(blocks, max_text_bytes - std::min(around, max_text_bytes));
            for (auto& one : blocks)
                shorten(one.text, limit);
        }
    }
    auto content = joined(blocks);
    // Only so many replies that their separators alone do not fit come here; there is nothing in them to keep whole.
    content.resize(cut_text(content, max_text_bytes).size());
    if (content.empty())
        return no_reply{};
    return text_reply{std::move(content)};
}

}  // namespace bot::wechat
