#pragma once
// The sections of an encoder's file; encoder.hpp says what they hold.

#include "dialogs/knowledge/section_file.hpp"

namespace dialogs::encoder_file {

constexpr auto tag_dimensions = section_tag("edim");
constexpr auto tag_keys = section_tag("ekey");
constexpr auto tag_scales = section_tag("esca");
constexpr auto tag_values = section_tag("eval");

}  // namespace dialogs::encoder_file
