#include "tests/bench/turns/script.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace load {

namespace {

std::string_view until(std::string_view& rest, char mark)
{
    auto end = std::min(rest.find(mark), rest.size());
    auto part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
}

std::string with_breaks(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        auto end = text.find("\\n");
        out.append(text.substr(0, end));
        if (end == text.npos) break;
        out += '\n';
        text.remove_prefix(end + 2);
    }
    return out;
}

// "[图片 id]" and its like; anything else is a text, also when it happens to begin with a bracket.
line parse_said(std::string_view text)
{
    static constexpr std::pair<std::string_view, said> forms[] = {
        {"[图片 ", said::picture}, {"[位置 ", said::location}, {"[菜单 ", said::menu}
    };
    if (text == "[关注]") return {said::follow, "subscribe", {}, false};
    for (auto [opening, kind] : forms)
        if (text.starts_with(opening) && text.ends_with(']'))
            return {
                kind, std::string(text.substr(opening.size(), text.size() - opening.size() - 1)), {}, false
            };
    return {said::text, with_breaks(text), {}, false};
}

}  // namespace

script parse_script(std::string_view text)
{
    script all;
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto row = until(text, '\n');
        if (row.ends_with('\r')) row.remove_suffix(1);
        if (row.empty() || row.starts_with('#')) continue;
        auto one = parse_said(until(row, '\t'));
        if (one.value.empty())
            throw std::runtime_error("script line " + std::to_string(number) + ": nothing is said");
        while (!row.empty()) {
            auto wanted = until(row, '\t');
            if (wanted == "[空]")
                one.may_be_silent = true;
            else if (!wanted.empty())
                one.expected.push_back(with_breaks(wanted));
        }
        all.push_back(std::move(one));
    }
    if (all.empty()) throw std::runtime_error("the script says nothing");
    return all;
}

script read_script(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read the script " + path);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    return parse_script(text);
}

script small_talk()
{
    return parse_script("[关注]\n你好\n邻居半夜装修，噪音很大，怎么办？\n对方住在楼上，已经两个月了\n谢谢\n");
}

void fill_in(std::string_view value, std::uint64_t citizen, std::string& out)
{
    out.clear();
    while (!value.empty()) {
        auto at = value.find("{n");
        auto end = at == value.npos ? at : value.find_first_not_of('n', at + 1);
        if (end == value.npos || value[end] != '}') {
            auto plain = at == value.npos ? value.size() : at + 1;
            out.append(value.substr(0, plain));
            value.remove_prefix(plain);
            continue;
        }
        out.append(value.substr(0, at));
        std::string digits(end - at - 1, '0');
        auto rest = citizen;
        for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, rest /= 10)
            *digit = static_cast<char>('0' + rest % 10);
        out.append(digits);
        value.remove_prefix(end + 1);
    }
}

namespace {

void append_number(std::string_view open, std::uint64_t number, std::string_view close, std::string& xml)
{
    char digits[20];
    auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    xml.append(open).append(digits, end).append(close);
}

void append_cdata(std::string_view open, std::string_view text, std::string_view close, std::string& xml)
{
    xml.append(open).append("<![CDATA[");
    for (auto end = text.find("]]>"); end != text.npos; end = text.find("]]>")) {
        xml.append(text.substr(0, end + 2)).append("]]><![CDATA[");
        text.remove_prefix(end + 2);
    }
    xml.append(text).append("]]>").append(close);
}

void append_event(std::string_view event, std::string_view key, std::string& xml)
{
    append_cdata("<MsgType>", "event", "</MsgType>", xml);
    append_cdata("<Event>", event, "</Event>", xml);
    append_cdata("<EventKey>", key, "</EventKey>", xml);
}

void append_location(std::string_view value, std::string& xml)
{
    append_cdata("<MsgType>", "location", "</MsgType>", xml);
    auto latitude = until(value, ' ');
    auto longitude = until(value, ' ');
    xml.append("<Location_X>").append(latitude).append("</Location_X><Location_Y>").append(longitude);
    xml.append("</Location_Y><Scale>15</Scale>");
    append_cdata("<Label>", value, "</Label>", xml);
}

}  // namespace

void append_message(const message_head& head, said kind, std::string_view value, std::string& xml)
{
    append_cdata("<xml><ToUserName>", head.to, "</ToUserName>", xml);
    append_cdata("<FromUserName>", head.from, "</FromUserName>", xml);
    append_number("<CreateTime>", static_cast<std::uint64_t>(head.created), "</CreateTime>", xml);
    switch (kind) {
        case said::text:
            append_cdata("<MsgType>", "text", "</MsgType>", xml);
            append_cdata("<Content>", value, "</Content>", xml);
            break;
        case said::picture:
            append_cdata("<MsgType>", "image", "</MsgType>", xml);
            append_cdata("<PicUrl>", "http://pictures.example/1", "</PicUrl>", xml);
            append_cdata("<MediaId>", value, "</MediaId>", xml);
            break;
        case said::location:
            append_location(value, xml);
            break;
        case said::follow:
            append_event("subscribe", "", xml);
            break;
        case said::menu:
            append_event("CLICK", value, xml);
            break;
    }
    if (kind != said::follow && kind != said::menu) append_number("<MsgId>", head.id, "</MsgId>", xml);
    xml.append("</xml>");
}

}  // namespace load
