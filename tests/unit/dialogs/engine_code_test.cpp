#include "dialogs/engine/turn_maker.hpp"

#include <gtest/gtest.h>

#include <set>

namespace {

using namespace dialogs;

const bot::instant late_evening{std::chrono::milliseconds(1'772'726'400'000)};  // 2026-03-05T16:00Z, 2026-03-06 00:00 in China

TEST(query_code, carries_chinas_date_and_reads_back)
{
    const auto code = make_code("LC", late_evening, 42);
    EXPECT_EQ(code.substr(0, 8), "LC260306");
    EXPECT_EQ(code.size(), 15u);
    EXPECT_EQ(code.find_first_of("01ILO", 8), std::string::npos);
    std::string read;
    EXPECT_EQ(read_code("LC", " lc260306-" + code.substr(8), read), code_check::good);
    EXPECT_EQ(read, code);
    EXPECT_EQ(make_code("LC", late_evening, 42), code);
}

TEST(query_code, finds_every_wrong_character_and_every_swap)
{
    const auto code = make_code("LC", late_evening, 7);
    std::string read;
    for (std::size_t i = 8; i < code.size(); ++i)
        for (const char c : std::string("23456789ABCDEFGHJKMNPQRSTUVWXYZ")) {
            auto wrong = code;
            wrong[i] = c;
            EXPECT_EQ(read_code("LC", wrong, read), c == code[i] ? code_check::good : code_check::misspelt) << wrong;
        }
    for (std::size_t i = 8; i + 2 < code.size(); ++i) {
        auto swapped = code;
        std::swap(swapped[i], swapped[i + 1]);
        EXPECT_EQ(read_code("LC", swapped, read), swapped == code ? code_check::good : code_check::misspelt) << swapped;
    }
}

TEST(query_code, other_texts_are_none)
{
    std::string read;
    for (const auto* text : {"", "13812345678", "LC2603", "你好", "LCABCDEF2345678", "XX260306ABCDEFG"})
        EXPECT_EQ(read_code("LC", text, read), code_check::none) << text;
}

TEST(query_code, differs_from_seed_to_seed)
{
    std::set<std::string> seen;
    for (std::uint64_t seed = 0; seed < 2'000; ++seed)
        seen.insert(make_code("LC", late_evening, seed));
    EXPECT_EQ(seen.size(), 2'000u);
}

}  // namespace
