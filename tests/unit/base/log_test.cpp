#include "bot/base/log.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <cmath>
#include <limits>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace json = boost::json;
namespace log = bot::log;

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        lines.push_back(text.substr(at, end - at));
        at = end == std::string::npos ? text.size() : end + 1;
    }
    return lines;
}

template <class F>
std::string captured(F write)
{
    testing::internal::CaptureStderr();
    write();
    return testing::internal::GetCapturedStderr();
}

json::object only_line(const std::string& text)
{
    const auto lines = lines_of(text);
    EXPECT_EQ(lines.size(), 1U) << text;
    return json::parse(lines.at(0)).as_object();
}

class Log : public testing::Test {
protected:
    void TearDown() override { log::set_level(log::level::info); }
};

TEST_F(Log, WritesOneObjectWithTimeLevelEventAndFields)
{
    const auto line = only_line(captured([] {
        log::warn(
            "turn_late",
            {{"citizen", std::int64_t{-7}},
             {"ms", 4.5},
             {"stored", true},
             {"account", std::string_view("main")}}
        );
    }));
    EXPECT_EQ(line.at("level"), "warn");
    EXPECT_EQ(line.at("event"), "turn_late");
    EXPECT_EQ(line.at("citizen"), -7);
    EXPECT_EQ(line.at("ms"), 4.5);
    EXPECT_EQ(line.at("stored"), true);
    EXPECT_EQ(line.at("account"), "main");
    const std::string at(line.at("at").as_string());
    ASSERT_EQ(at.size(), 24U);
    EXPECT_EQ(at[10], 'T');
    EXPECT_EQ(at[19], '.');
    EXPECT_EQ(at.back(), 'Z');
}

TEST_F(Log, KeepsBelowTheThresholdToItself)
{
    EXPECT_EQ(captured([] { log::debug("noise"); }), "");
    log::set_level(log::level::error);
    EXPECT_EQ(captured([] { log::warn("noise"); }), "");
    EXPECT_NE(captured([] { log::error("failure"); }), "");
    log::set_level(log::level::debug);
    EXPECT_NE(captured([] { log::debug("noise"); }), "");
}

struct hostile {
    const char* name;
    std::string text;
    std::string read_back;
};

class LogText : public testing::TestWithParam<hostile> {};

TEST_P(LogText, StaysOneLineOfJsonAndDrivesNoTerminal)
{
    const std::string text =
        captured([] { log::info("event", {{"what", std::string_view(GetParam().text)}}); });
    for (const unsigned char c : text.substr(0, text.size() - 1))
        EXPECT_TRUE(c >= 0x20 && c != 0x7F) << int{c};
    EXPECT_EQ(text.find("\xC2\x9B"), std::string::npos) << "a raw CSI";
    const auto line = only_line(text);
    EXPECT_EQ(line.at("what"), json::value(GetParam().read_back));
    EXPECT_EQ(line.size(), 4U) << "a forged field";
}

const std::string replaced = "\xEF\xBF\xBD";

INSTANTIATE_TEST_SUITE_P(
    Hostile,
    LogText,
    testing::Values(
        hostile{"Quotes", R"(","level":"error)", R"(","level":"error)"},
        hostile{"Backslash", R"(a\)", R"(a\)"},
        hostile{"LineEnd", "a\r\n{\"event\":\"forged\"}", "a\r\n{\"event\":\"forged\"}"},
        hostile{"Nul", std::string("a\0b", 3), std::string("a\0b", 3)},
        hostile{"Ansi", "\x1B[2J\x1B]0;title\x07", "\x1B[2J\x1B]0;title\x07"},
        hostile{"Delete", "a\x7F", "a\x7F"},
        hostile{
            "C1Csi",
            "\xC2\x9B"
            "2J",
            "\xC2\x9B"
            "2J"
        },
        hostile{
            "LineSeparator",
            "a\xE2\x80\xA8"
            "b",
            "a\xE2\x80\xA8"
            "b"
        },
        hostile{
            "RightToLeft",
            "\xE2\x80\xAE"
            "b",
            "\xE2\x80\xAE"
            "b"
        },
        hostile{"Chinese", "调解", "调解"},
        hostile{"FourBytes", "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
        hostile{
            "LoneContinuation",
            "a\x80"
            "b",
            "a" + replaced + "b"
        },
        hostile{"CutShort", "a\xE8\xB0", "a" + replaced + replaced},
        hostile{"Overlong", "\xC0\xAF", replaced + replaced},
        hostile{"OverlongThree", "\xE0\x80\xAF", replaced + replaced + replaced},
        hostile{"Surrogate", "\xED\xA0\x80", replaced + replaced + replaced},
        hostile{"BeyondUnicode", "\xF4\x90\x80\x80", replaced + replaced + replaced + replaced},
        hostile{"NotUtf8", "\xFF\xFE", replaced + replaced}
    ),
    [](const auto& row) { return std::string(row.param.name); }
);

TEST_F(Log, WritesNumbersThatJsonCanHold)
{
    const auto line = only_line(captured([] {
        log::info(
            "numbers",
            {{"least", std::numeric_limits<std::int64_t>::min()},
             {"nan", std::nan("")},
             {"infinite", std::numeric_limits<double>::infinity()},
             {"small", 1e-300}}
        );
    }));
    EXPECT_EQ(line.at("least"), std::numeric_limits<std::int64_t>::min());
    EXPECT_TRUE(line.at("nan").is_null());
    EXPECT_TRUE(line.at("infinite").is_null());
    EXPECT_EQ(line.at("small"), 1e-300);
}

TEST_F(Log, KeepsLinesOfManyThreadsApart)
{
    const std::string long_word(500, 'x');
    const std::string text = captured([&] {
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 100; ++i)
                    log::info("from_a_thread", {{"word", std::string_view(long_word)}});
            });
        for (auto& thread : threads) thread.join();
    });
    const auto lines = lines_of(text);
    ASSERT_EQ(lines.size(), 400U);
    for (const auto& line : lines) EXPECT_EQ(json::parse(line).at("word"), json::value(long_word));
}

}  // namespace
