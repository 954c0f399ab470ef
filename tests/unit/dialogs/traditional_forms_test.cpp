// The pairs of lexicon/traditional.yaml are those of Unicode's transform but for two.
#include "dialogs/data.hpp"
#include "dialogs/understanding/traditional_forms.hpp"
#include "dialogs/yaml/document.hpp"

#include <gtest/gtest.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>
#include <set>
#include <sstream>

namespace dialogs {
namespace {

std::set<std::string> pairs_of_unicode()
{
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> to_simplified{
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status)};
    std::set<std::string> pairs;
    for (char16_t point = 0x4E00; point <= 0x9FFF && U_SUCCESS(status); ++point) {
        icu::UnicodeString one{point};
        to_simplified->transliterate(one);
        if (one.length() == 1 && one[0] != point) {
            std::string pair;
            icu::UnicodeString(point).append(one).toUTF8String(pair);
            pairs.insert(pair);
        }
    }
    return pairs;
}

TEST(traditional_forms, are_those_of_unicode)
{
    std::set<std::string> shipped;
    for (const auto& file : dialogs_data())
        if (file.path == "lexicon/traditional.yaml") {
            std::istringstream words(yaml::document(file.content).root()["pairs"].text());
            for (std::string pair; words >> pair;)
                shipped.insert(pair);
        }
    auto expected = pairs_of_unicode();
    for (const auto* turned_back : {"苎苧", "薴苧"})
        EXPECT_EQ(expected.erase(turned_back), 1U);
    EXPECT_EQ(shipped, expected);
}

TEST(traditional_forms, leave_everything_else_as_it_is)
{
    EXPECT_EQ(simplified(U'調'), U'调');
    for (const char32_t point : {U'调', U'a', U'。', U'🦌', U'\u4DFF', U'\uA000', char32_t{0}})
        EXPECT_EQ(simplified(point), point);
    for (char32_t point = 0x4E00; point <= 0x9FFF; ++point)
        EXPECT_EQ(simplified(simplified(point)), simplified(point)) << static_cast<std::uint32_t>(point);
}

}  // namespace
}  // namespace dialogs
