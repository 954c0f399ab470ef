// What the ranking is told about a candidate by answered questions and by the text of its article.
#include "dialogs/knowledge/article_search.hpp"
#include "dialogs/knowledge/shared_runs.hpp"
#include "tests/unit/knowledge/small_library.hpp"

#include <gtest/gtest.h>

#include <optional>

using namespace dialogs;

namespace {

constexpr day_number day = 20'780;

consultation asked(std::string question, std::string article, bool guessed = false)
{
    consultation row;
    row.question = std::move(question);
    row.article_ids = {std::move(article)};
    row.hint = guessed;
    return row;
}

struct searched {
    std::string law_bytes = build_law_index(arrange_editions(small_library::rows()));
    law_index laws = law_index::open(section_reader::open(law_bytes, laws_form).value()).value();
    law_names names;
    std::string question_bytes;
    question_index questions;

    explicit searched(const std::vector<consultation>& rows) : question_bytes(build_question_index(rows, encoder{}, 0))
    {
        questions = question_index::open(section_reader::open(question_bytes, questions_form).value()).value();
    }

    // Of the article with the id that holds on the day; nothing when it is no candidate.
    std::optional<evidence_row> evidence_of(std::string_view query, std::string_view id) const
    {
        const article_search search(laws, names, &questions, nullptr, nullptr, nullptr);
        for (const auto& one : search.candidates(query, day).best)
            if (laws.text(laws.articles()[one.article].id) == id)
                return one.evidence;
        return std::nullopt;
    }
    float value(std::string_view query, std::string_view id, article_evidence what) const
    {
        return evidence_of(query, id).value().at(static_cast<std::size_t>(what));
    }
};

TEST(Evidence, VotesReachTheLawAndTheNextArticles)
{
    const searched subject({asked("隔壁把墙修得太高了", "20")});
    const auto* query = "隔壁修的墙太高";
    EXPECT_EQ(subject.value(query, "20", article_evidence::votes_share), 1.0F);
    EXPECT_EQ(subject.value(query, "20", article_evidence::votes_beside), 0.0F);
    EXPECT_EQ(subject.value(query, "21", article_evidence::votes_share), 0.0F);
    EXPECT_EQ(subject.value(query, "21", article_evidence::votes_beside), 1.0F);
    EXPECT_EQ(subject.value(query, "21", article_evidence::law_votes), 1.0F);
    EXPECT_EQ(subject.value(query, "21", article_evidence::path_votes), 1.0F);
    const auto* both = "隔壁修的墙太高，测量围墙高度";
    EXPECT_EQ(subject.value(both, "30", article_evidence::law_votes), 0.0F);
    EXPECT_EQ(subject.value(both, "30", article_evidence::votes_beside), 0.0F);
}

// Sixty guessed rows that say what is asked must not push out the one row that somebody has answered.
TEST(Evidence, GuessedAnswersDoNotCrowdOutGivenOnes)
{
    std::vector<consultation> rows(60, asked("围墙塌下来砸到人谁赔", "22", true));
    rows.push_back(asked("围墙塌了砸到我的车", "21"));
    const searched subject(rows);
    const auto* query = "围墙塌下来砸到人谁赔";
    EXPECT_EQ(subject.value(query, "21", article_evidence::votes_share), 1.0F);
    EXPECT_EQ(subject.value(query, "21", article_evidence::votes_hint), 0.0F);
    EXPECT_EQ(subject.value(query, "22", article_evidence::votes), 0.0F);
    EXPECT_GT(subject.value(query, "22", article_evidence::votes_hint), 1.0F);
}

TEST(Evidence, TellsHowMuchOfTheQueryStandsInTheArticle)
{
    const searched subject({});
    const auto* quoted = "围墙倒塌砸伤人的怎么办";
    EXPECT_EQ(subject.value(quoted, "21", article_evidence::longest_run), 8.0F);
    EXPECT_GT(subject.value(quoted, "21", article_evidence::triples_share), subject.value(quoted, "20", article_evidence::triples_share));
}

TEST(SharedRuns, DoNotReachOverABreak)
{
    const shared_runs runs(grams_of(searchable("甲乙丙丁。戊己庚"), 3));
    const auto whole = runs.in("说：甲乙丙丁，戊己庚");
    EXPECT_EQ(whole.share, 1.0F);
    EXPECT_EQ(whole.longest, 4.0F);
    const auto torn = runs.in("甲乙，丙丁戊己庚");
    EXPECT_FLOAT_EQ(torn.share, 1.0F / 3.0F);
    EXPECT_EQ(torn.longest, 3.0F);
    EXPECT_EQ(runs.in("").share, 0.0F);
    EXPECT_EQ(shared_runs(grams_of(searchable("甲乙"), 3)).in("甲乙丙").share, 0.0F);
    EXPECT_EQ(runs.in("\xFF\xE7").longest, 0.0F);
}

}  // namespace
