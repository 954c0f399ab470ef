#pragma once
// Traditional characters and their simplified forms, from lexicon/traditional.yaml as the build embedded it.

namespace dialogs {

// The simplified form of a traditional character, every other code point itself. Safe from any thread.
char32_t simplified(char32_t point);

}  // namespace dialogs
