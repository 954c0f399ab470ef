#include "dialogs/knowledge/law_library.hpp"

#include "dialogs/knowledge/law_index.hpp"
#include "dialogs/knowledge/law_names.hpp"
#include "tests/unit/knowledge/small_library.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include <thread>

using namespace dialogs;
using small_library::on;

namespace {

const cases::date today = on(2026, 11, 23);

class LawLibrary : public testing::Test {
protected:
    LawLibrary() { small_library::write_laws(folder_); }
    law_library open() const { return law_library::open(folder_.path()).value(); }

    small_library::folder folder_;
};

std::string first_law(const law_library& library, const std::string& query, cases::date day)
{
    const auto found = library.search(query, 10, day);
    return found.empty() ? "" : found.front().law + found.front().article;
}

TEST_F(LawLibrary, FindsByWords)
{
    const auto library = open();
    EXPECT_EQ(library.laws(), 4U);
    EXPECT_EQ(library.articles(), 15U);
    EXPECT_EQ(first_law(library, "围墙倒了砸伤人谁赔", today), "围墙法第三十八条");
    const auto found = library.search("老板拖欠工钱", 3, today);
    ASSERT_FALSE(found.empty());
    EXPECT_LE(found.size(), 3U);
    for (std::size_t i = 1; i < found.size(); ++i)
        EXPECT_GE(found[i - 1].score, found[i].score);
}

TEST_F(LawLibrary, PutsCitedArticlesFirst)
{
    const auto found = open().search("围墙法1079条和工钱法第二条", 5, today);
    ASSERT_GE(found.size(), 2U);
    EXPECT_EQ(found[0].id, "22");
    EXPECT_TRUE(found[0].cited);
    EXPECT_EQ(found[1].text, "任何人不得因讨要工钱而被打骂。");
    EXPECT_GT(found[0].score, found[1].score);
    for (std::size_t i = 2; i < found.size(); ++i) {
        EXPECT_FALSE(found[i].cited);
        EXPECT_GE(found[1].score, found[i].score);
        EXPECT_NE(found[i].id, found[0].id);
    }
}

TEST_F(LawLibrary, ShowsTheEditionOfTheDay)
{
    const auto library = open();
    const auto old = library.show("工钱法", "2", on(2024, 12, 31));
    const auto now = library.show("中华人民共和国工钱法", "第二条", on(2025, 1, 1));
    ASSERT_TRUE(old && now);
    EXPECT_EQ(old->text, "雇主应当每月发放工钱，不得拖欠。");
    EXPECT_EQ(old->valid_from, on(2010, 3, 1));  // the day it states, not that of its version
    EXPECT_EQ(old->valid_to, on(2025, 1, 1));
    EXPECT_EQ(now->text, "任何人不得因讨要工钱而被打骂。");
    EXPECT_FALSE(now->valid_to);
    EXPECT_EQ(now->status, standing::in_force);
    EXPECT_FALSE(library.show("工钱法", "1", on(2010, 2, 28)));  // not yet in force
    EXPECT_FALSE(library.show("工钱法", "9", today));
    EXPECT_FALSE(library.show("无名法", "1", today));
    EXPECT_FALSE(library.show("工钱法", "", today));
}

TEST_F(LawLibrary, SearchesTheEditionOfTheDay)
{
    const auto library = open();
    const auto texts = [&](cases::date day) {
        std::vector<std::string> all;
        for (const auto& found : library.search("雇主每月发放工钱不得拖欠", 50, day))
            if (found.law == "工钱法")
                all.push_back(found.text);
        return all;
    };
    EXPECT_EQ(texts(on(2024, 1, 1)).size(), 4U);
    EXPECT_EQ(texts(today).size(), 4U);
    EXPECT_EQ(texts(on(2024, 1, 1)).front(), "雇主应当每月发放工钱，不得拖欠。");
    EXPECT_EQ(texts(today).front(), "雇主应当每月发放工钱，不得拖欠，也不得以物抵工钱。");
    EXPECT_TRUE(texts(on(2009, 1, 1)).empty());
}

TEST_F(LawLibrary, KeepsTheIdOfTheArticleThatWasReplaced)
{
    const auto moved = open().show("工钱法", "3", today);
    ASSERT_TRUE(moved);
    EXPECT_EQ(moved->id, "11");  // the second article is the third now
    const auto added = open().show("工钱法", "2", today);
    ASSERT_TRUE(added);
    EXPECT_EQ(added->id, "工钱法第二条@2024-5-1");
}

TEST_F(LawLibrary, SaysThatALawWasRepealed)
{
    const auto library = open();
    EXPECT_EQ(library.show("围墙暂行规定", "1", on(2015, 8, 31))->status, standing::in_force);
    const auto ended = library.show("围墙暂行规定", "1", on(2015, 9, 1));
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->status, standing::repealed);
    EXPECT_EQ(ended->valid_to, on(2015, 9, 1));
    bool found = false;
    for (const auto& one : library.search("居民小组商定围墙高度", 10, today))
        found = found || (one.law == "围墙暂行规定" && one.status == standing::repealed);
    EXPECT_TRUE(found);
}

TEST_F(LawLibrary, ShowsInsertedArticlesAndRoughNames)
{
    const auto library = open();
    EXPECT_EQ(library.show("工钱法", "第二条之一", on(2020, 1, 1))->id, "12");
    EXPECT_EQ(library.show("《围墙法》", "38", today)->id, "21");
    EXPECT_EQ(library.show("围墙法实施", "38", today)->id, "31");  // part of one name only
    EXPECT_FALSE(library.show("墙法", "38", today));               // another law's name, which is not here
}

TEST_F(LawLibrary, GivesTheSameBytesAgainAndFromEveryThread)
{
    const auto library = open();
    const auto other = open();
    const auto ask = [](const law_library& from) {
        std::string all;
        for (const auto* query : {"围墙太高", "工钱 拖欠", "邻居 采光", "赔偿"})
            for (const auto& found : from.search(query, 100, today))
                all += found.id + " " + std::to_string(found.score) + "\n";
        return all;
    };
    const auto expected = ask(library);
    EXPECT_EQ(ask(other), expected);
    std::vector<std::string> answers(4);
    std::vector<std::thread> threads;
    for (auto& answer : answers)
        threads.emplace_back([&] { answer = ask(library); });
    for (auto& thread : threads)
        thread.join();
    for (const auto& answer : answers)
        EXPECT_EQ(answer, expected);
}

TEST_F(LawLibrary, IsBuiltTheSameTwice)
{
    const auto build = [] { return build_law_index(arrange_editions(small_library::rows())); };
    EXPECT_EQ(build(), build());
    EXPECT_EQ(build(), folder_.read(laws_file_name));
}

TEST_F(LawLibrary, OfAnEmptyFolderIsNotFound)
{
    const small_library::folder empty;
    EXPECT_EQ(law_library::open(empty.path()).error(), bot::make_error_code(bot::errc::not_found));
    EXPECT_EQ(law_library::open(empty.path() + "/none").error(), bot::make_error_code(bot::errc::not_found));
}

TEST_F(LawLibrary, RefusesATruncatedIndex)
{
    const auto whole = folder_.read(laws_file_name);
    for (std::size_t size = 0; size < whole.size(); size += size < 200 ? 1 : 97) {
        folder_.write(laws_file_name, std::string_view(whole).substr(0, size));
        const auto opened = law_library::open(folder_.path());
        ASSERT_TRUE(opened.has_error()) << size;
        EXPECT_EQ(opened.error(), bot::make_error_code(bot::errc::bad_message)) << size;
    }
    folder_.write(laws_file_name, whole + "x");
    EXPECT_TRUE(law_library::open(folder_.path()).has_error());
}

TEST_F(LawLibrary, RefusesADamagedIndex)
{
    const auto whole = folder_.read(laws_file_name);
    for (std::size_t at = 0; at < whole.size(); at += at < 200 ? 1 : 61) {
        auto damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
        folder_.write(laws_file_name, damaged);
        ASSERT_TRUE(law_library::open(folder_.path()).has_error()) << at;
    }
    folder_.write(laws_file_name, "");
    EXPECT_TRUE(law_library::open(folder_.path()).has_error());
}

TEST_F(LawLibrary, GoesOnAfterItsFileWasReplaced)
{
    const auto library = open();
    const auto before = library.search("围墙太高", 10, today);
    folder_.write("laws.next", "something else");
    ASSERT_EQ(std::rename((folder_.path() + "/laws.next").c_str(), (folder_.path() + "/laws.index").c_str()), 0);
    const auto after = library.search("围墙太高", 10, today);
    ASSERT_EQ(before.size(), after.size());
    EXPECT_EQ(before.front().text, after.front().text);
}

RC_GTEST_FIXTURE_PROP(LawLibrary, AnswersAnyBytes, (const std::string& query, std::uint16_t top))
{
    static const auto library = open();
    RC_ASSERT(library.search(query, top, today).size() <= top);
    library.search("围墙" + query, 5, today);
    library.show(query, query, today);
}

TEST_F(LawLibrary, AnswersAVeryLongQuestion)
{
    std::string query;
    for (int i = 0; i < 20'000; ++i)
        query += i % 7 == 0 ? "围墙" : "工钱";
    EXPECT_FALSE(open().search(query, 5, today).empty());
    EXPECT_TRUE(open().search("", 5, today).empty());
    EXPECT_TRUE(open().search("工钱", 0, today).empty());
    EXPECT_TRUE(open().search("工钱", -1, today).empty());
}

TEST(LawNames, TheEmbeddedTableNamesNoLawTwice)
{
    const auto table = embedded_law_names();
    EXPECT_GT(table.aliases.size(), 20U);
    law_names names;
    std::uint32_t group = 0;
    for (const auto& row : table.aliases) {
        EXPECT_FALSE(names.find(row.law)) << row.law;
        names.add(row.law, group++);
    }
    for (const auto& row : table.aliases) {
        for (const auto& name : row.also) {
            const auto known = names.find(name);
            EXPECT_TRUE(!known || known == names.find(row.law)) << name;
            names.add(name, *names.find(row.law));
        }
    }
}

TEST(LawNames, AFaultyTableIsRefused)
{
    EXPECT_ANY_THROW(read_law_names("x", "aliases: [{also: [a]}]"));
    EXPECT_ANY_THROW(read_law_names("x", "repealed: [{law: a, on: soon}]"));
    EXPECT_ANY_THROW(read_law_names("x", "- a"));
    EXPECT_ANY_THROW(read_law_names("x", "{"));
}

}  // namespace
