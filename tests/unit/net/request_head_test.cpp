#include "bot/net/request_head.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace bot::net;

struct target_row {
    const char* name;
    std::string target;
    std::optional<std::string> path;  // nothing: refused
    std::string query = {};
};

class Target : public testing::TestWithParam<target_row> {};

TEST_P(Target, HasOneMeaningOrNone)
{
    const auto& row = GetParam();
    const auto split = split_target(row.target, "here:8080");
    ASSERT_EQ(split.has_value(), row.path.has_value()) << row.target;
    if (!split) return;
    EXPECT_EQ(split->path, *row.path);
    EXPECT_EQ(split->query, row.query);
}

INSTANTIATE_TEST_SUITE_P(
    Kept,
    Target,
    testing::Values(
        target_row{"Root", "/", "/"},
        target_row{"Query", "/a/b?x=1&y=%20", "/a/b", "x=1&y=%20"},
        target_row{"EmptyQuery", "/a?", "/a"},
        target_row{"SecondMark", "/a?b?c", "/a", "b?c"},
        target_row{"Escapes", "/%e8%b0%83%E8%A7%A3", "/调解"},
        target_row{"EscapedSpace", "/a%20b", "/a b"},
        target_row{"EscapedMark", "/a%3Fb?c", "/a?b", "c"},
        target_row{"DotsInAName", "/a..b/..c/c../...", "/a..b/..c/c../..."},
        target_row{"DotsInTheQuery", "/a?x=/../b", "/a", "x=/../b"},
        target_row{"Absolute", "http://here:8080/a?b", "/a", "b"},
        target_row{"AbsoluteWithoutPath", "http://HERE:8080", "/"},
        target_row{"AbsoluteWithQueryOnly", "HTTPS://here:8080?b", "/", "b"},
        target_row{"Asterisk", "*", "*"}
    ),
    [](const auto& row) { return std::string(row.param.name); }
);

INSTANTIATE_TEST_SUITE_P(
    Refused,
    Target,
    testing::Values(
        target_row{"NoSlash", "a", std::nullopt},
        target_row{"Empty", "", std::nullopt},
        target_row{"QueryOnly", "?a", std::nullopt},
        target_row{"CutEscape", "/a%4", std::nullopt},
        target_row{"LonePercent", "/a%", std::nullopt},
        target_row{"NotHex", "/a%zz", std::nullopt},
        target_row{"SignedHex", "/a%+1", std::nullopt},
        target_row{"EscapedNul", "/a%00b", std::nullopt},
        target_row{"EscapedLineEnd", "/a%0d%0ab", std::nullopt},
        target_row{"EscapedSlash", "/a%2fb", std::nullopt},
        target_row{"EscapedBackslash", "/a%5cb", std::nullopt},
        target_row{"Backslash", "/a\\b", std::nullopt},
        target_row{"Up", "/a/../b", std::nullopt},
        target_row{"UpAtTheEnd", "/a/..", std::nullopt},
        target_row{"EscapedUp", "/a/%2e%2E/b", std::nullopt},
        target_row{"HalfEscapedUp", "/.%2e", std::nullopt},
        target_row{"Fragment", "/a#b", std::nullopt},
        target_row{"RawUtf8", "/\xE8\xB0\x83", std::nullopt},
        target_row{"Tab", "/a\tb", std::nullopt},
        target_row{"OtherAuthority", "http://there/a", std::nullopt},
        target_row{"UserInformation", "http://here:8080@there/a", std::nullopt},
        target_row{"OtherScheme", "ftp://here:8080/a", std::nullopt}
    ),
    [](const auto& row) { return std::string(row.param.name); }
);

const std::string head =
    "POST /wechat/main HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nX-Long: 1234567890\r\n\r\n";

TEST(HeadFinder, FindsTheSameEndHoweverTheBytesArrive)
{
    const std::string all = head + "body\r\n\r\n";
    for (std::size_t first = 1; first < head.size(); ++first) {
        head_finder finder;
        EXPECT_EQ(finder.look(all.substr(0, first)).length, 0U);
        EXPECT_EQ(finder.look(all).length, head.size()) << first;
    }
    head_finder one_by_one;
    for (std::size_t n = 1; n < head.size(); ++n)
        ASSERT_EQ(one_by_one.look(all.substr(0, n)).length, 0U) << n;
    EXPECT_EQ(one_by_one.look(all.substr(0, head.size())).length, head.size());
}

TEST(HeadFinder, RefusesALineEndWithoutCarriageReturnAtOnce)
{
    head_finder finder;
    EXPECT_EQ(finder.look("GET / HTTP/1.1\r\nHost: a\n").refused, refusal::syntax);
    head_finder first_line;
    EXPECT_EQ(first_line.look("\n").refused, refusal::syntax);
    head_finder empty_line;
    EXPECT_EQ(empty_line.look("\r\n").refused, refusal::syntax);
}

TEST(CheckHead, TellsWhatTheParserNeeds)
{
    const auto checked = check_head("PUT /a HTTP/1.1\r\nHOST:  here \r\nExpect: 100-Continue\r\n\r\n");
    ASSERT_FALSE(checked.refused);
    EXPECT_EQ(checked.facts.method, "PUT");
    EXPECT_EQ(checked.facts.target, "/a");
    EXPECT_EQ(checked.facts.host, "here");
    EXPECT_TRUE(checked.facts.wants_continue);
    EXPECT_FALSE(checked.facts.http_1_0);
}

TEST(CheckHead, AnOldClientMayOmitItsHostAndGetsNoContinue)
{
    const auto checked = check_head("GET /a HTTP/1.0\r\nExpect: 100-continue\r\n\r\n");
    ASSERT_FALSE(checked.refused);
    EXPECT_TRUE(checked.facts.http_1_0);
    EXPECT_FALSE(checked.facts.wants_continue);
}

// Every single byte put in place of another, and every cut: an answer, never a crash, and the framing fields
// never both slip through.
TEST(CheckHead, SurvivesEveryChangedByte)
{
    const std::string good = "GET /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    int kept = 0;
    for (std::size_t at = 0; at + 4 < good.size(); ++at)
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = good;
            changed[at] = static_cast<char>(byte);
            head_finder finder;
            const auto found = finder.look(changed);
            if (found.refused || found.length != changed.size()) continue;
            const auto checked = check_head(changed);
            kept += !checked.refused;
            if (changed != good && byte < 0x20 && byte != '\t')
                EXPECT_TRUE(checked.refused) << at << ' ' << byte;
        }
    EXPECT_GT(kept, 0);
}

}  // namespace
