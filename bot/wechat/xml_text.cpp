#include "bot/wechat/xml_text.hpp"

#include "bot/wechat/unicode.hpp"

namespace bot::wechat {
namespace {

constexpr std::string_view section_end = "]]>";

void append_section(std::string& xml, std::string_view text)
{
    xml += "<![CDATA[";
    const std::size_t begin = xml.size();
    append_legal(xml, text);
    // Looked for after the forbidden characters are gone: one of them could have stood between the brackets.
    for (auto at = xml.find(section_end, begin); at != xml.npos; at = xml.find(section_end, at)) {
        constexpr std::string_view reopened = "]]]]><![CDATA[>";
        xml.replace(at, section_end.size(), reopened);
        at += reopened.size();
    }
    xml += section_end;
}

}  // namespace

void append_cdata(std::string& xml, std::string_view name, std::string_view text)
{
    xml.append("<").append(name).append(">");
    append_section(xml, text);
    xml.append("</").append(name).append(">");
}

void append_plain(std::string& xml, std::string_view name, std::string_view text)
{
    xml.append("<").append(name).append(">").append(text).append("</").append(name).append(">");
}

}  // namespace bot::wechat
