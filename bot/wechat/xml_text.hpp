#pragma once
// Writing XML for the platform: elements whose text is one CDATA section.

#include <string>
#include <string_view>

namespace bot::wechat {

// Appends <name><![CDATA[text]]></name>. Characters that XML 1.0 forbids are left out, and "]]>" inside the text is
// split over two sections.
void append_cdata(std::string& xml, std::string_view name, std::string_view text);

// Appends <name>text</name>; text must need no escape (a number).
void append_plain(std::string& xml, std::string_view name, std::string_view text);

}  // namespace bot::wechat
