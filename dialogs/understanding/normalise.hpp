#pragma once
// One text normalisation used by every part: full width to half width, lower case, traditional characters to simplified
// ones, zero-width characters and variation selectors removed, white space collapsed, WeChat face codes ("/::)", "[微笑]")
// kept apart.

#include <cstddef>
#include <string>
#include <string_view>

namespace dialogs {

// Never throws; bytes that are not UTF-8 become U+FFFD.
std::string normalise(std::string_view text);
// normalise, and spaces and punctuation between Han characters removed ("自 杀" -> "自杀"): for the safety screen.
std::string squeeze(std::string_view text);

// Length in bytes of the face code that normalised text begins with; 0 when it begins with none.
std::size_t face_code_length(std::string_view normalised);

// Number of code points; -1 for invalid UTF-8.
long count_characters(std::string_view text);
// The first n code points at most.
std::string_view first_characters(std::string_view text, std::size_t n);

}  // namespace dialogs
