// The answer to a legal question: with an imported law store beside it, deadlines from the citizen's dates, and what is told
// going on into the filing.
#include "dialogs/engine/consult_clocks.hpp"
#include "dialogs/engine/consult_lists.hpp"
#include "dialogs/engine/load.hpp"
#include "dialogs/knowledge/law_editions.hpp"
#include "dialogs/knowledge/law_index.hpp"
#include "dialogs/knowledge/law_library.hpp"
#include "dialogs/knowledge/library_files.hpp"
#include "tests/unit/dialogs/engine_chat.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace {

using namespace dialogs;
using namespace std::chrono_literals;

const book& whole_book()
{
    static const book made = load_book(test::whole_data());
    return made;
}
const by_text<std::string>& legal_texts() { return whole_book().flows.find("consult.legal")->second.texts; }

std::string line(std::string_view clock, const std::string& start, cases::date today)
{
    return clock_line(whole_book(), legal_texts(), *whole_book().clocks.find(clock), start, today).text;
}

bool has(const std::string& text, std::string_view piece) { return text.find(piece) != std::string::npos; }

TEST(clock_lines, are_counted_from_the_day_that_was_said)
{
    const auto days = line("confirmation", "2026-03-02", 2026y / 3 / 5);
    EXPECT_TRUE(has(days, "最晚 2026年4月1日")) << days;
    EXPECT_TRUE(has(days, "还剩 27 天")) << days;
    const auto years = line("civil_claim", "2026-01-10", 2026y / 3 / 5);
    EXPECT_TRUE(has(years, "最晚 2029年1月10日")) << years;
    EXPECT_TRUE(has(years, "放假安排还没公布")) << years;
    EXPECT_FALSE(has(years, "还剩")) << years;
}

TEST(clock_lines, warn_of_the_earlier_day_when_the_last_one_is_a_day_off)
{
    const auto text = line("civil_appeal", "2026-03-20", 2026y / 3 / 25);  // 4 April is Qingming
    EXPECT_TRUE(has(text, "最晚 2026年4月4日")) << text;
    EXPECT_TRUE(has(text, "顺延到 2026年4月7日")) << text;
    EXPECT_TRUE(has(text, "还剩 10 天")) << text;
    // Between the two days there is still time, and no claim that it is over.
    const auto late = line("civil_appeal", "2026-03-20", 2026y / 4 / 5);
    EXPECT_TRUE(has(late, "请马上办")) << late;
    EXPECT_FALSE(has(late, "已经过了")) << late;
    EXPECT_TRUE(has(line("civil_appeal", "2026-03-20", 2026y / 4 / 8), "已经过了"));
}

TEST(clock_lines, count_working_days_and_refuse_a_year_without_a_list)
{
    const auto text = line("traffic_review", "2026-03-05", 2026y / 3 / 6);
    EXPECT_TRUE(has(text, "3 个工作日")) << text;
    EXPECT_TRUE(has(text, "最晚 2026年3月10日")) << text;
    const auto refused = line("traffic_review", "2026-12-30", 2026y / 12 / 30);
    EXPECT_TRUE(has(refused, "我算不出来")) << refused;
    EXPECT_FALSE(has(refused, "最晚")) << refused;
}

TEST(clock_lines, of_a_month_take_the_day_that_is_safe)
{
    EXPECT_TRUE(has(line("civil_claim", "2025-05", 2026y / 3 / 5), "最晚 2028年5月1日"));
    EXPECT_TRUE(has(line("civil_claim", "2025", 2026y / 3 / 5), "最晚 2028年1月1日"));
    const auto wait = line("new_claim_after_divorce_refusal", "2026-01", 2026y / 3 / 5);
    EXPECT_TRUE(has(wait, "过了 2026年7月31日 才可以")) << wait;
}

TEST(clock_lines, without_a_day_say_the_period_in_general)
{
    const auto text = line("labor_arbitration", "不清楚", 2026y / 3 / 5);
    EXPECT_TRUE(has(text, "1 年")) << text;
    EXPECT_FALSE(has(text, "最晚")) << text;
    EXPECT_TRUE(has(line("renounce_inheritance", "2026-01-01", 2026y / 3 / 5), "遗产处理以前"));
}

// ---- with imported laws

std::vector<law_row> civil_code(std::string_view text, std::string_view law = "民法典", cases::date version = 2020y / 5 / 28)
{
    std::vector<law_row> rows;
    for (const auto* article : {"第一条", "第二百七十二条", "第二百九十六条", "第一千一百六十五条", "第一千一百六十七条"})
        rows.push_back({.law = std::string(law), .title = std::string(law), .article = article, .text = std::string(text) + article,
                        .date = version, .source = "test"});
    return rows;
}

std::shared_ptr<const law_library> library_of(std::vector<law_row> rows, std::string_view name)
{
    const auto editions = arrange_editions(std::move(rows));
    const auto folder = std::filesystem::temp_directory_path() / ("hejie_consult_" + std::string(name) + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const auto bytes = build_law_index(editions);
    std::ofstream(folder / std::string(laws_file_name), std::ios::binary) << bytes;
    const auto laws = law_index::open(section_reader::open(bytes, laws_form).value()).value();
    const auto found = find_model(folder.string(), encoder_file_name);
    const auto model = open_encoder(found.bytes).value();
    if (!model.empty())
        std::ofstream(folder / std::string(vectors_file_name), std::ios::binary)
            << build_article_vectors(laws, model, checksum(found.bytes));
    auto opened = law_library::open(folder.string());
    std::filesystem::remove_all(folder);  // mapped already
    return std::make_shared<const law_library>(std::move(opened.value()));
}

// All the way through the question of a leak, without facts and dates.
std::string answer_of_leak(const engine& with)
{
    test::chat citizen;
    citizen.answers = &with;
    citizen.says("法律咨询");
    auto text = citizen.says("楼上卫生间漏水，把我家吊顶泡坏了，他不赔");
    if (has(text, "您想问的是"))
        text = citizen.says("楼上漏水泡了我家怎么办");
    text = citizen.says("直接看答案");
    for (int i = 0; i < 6 && has(text, "更多"); ++i) {
        text.erase(text.rfind("还没有说完"));
        text += citizen.says("更多");
    }
    return text;
}

TEST(consult_with_laws, quotes_the_article_beside_the_rule)
{
    const engine with(test::whole_data(), library_of(civil_code("业主用水不得损害邻居。"), "quote"));
    const auto text = answer_of_leak(with);
    EXPECT_TRUE(has(text, "法律是这样规定的")) << text;
    EXPECT_TRUE(has(text, "《民法典》第二百七十二条：业主用水不得损害邻居。")) << text;
}

TEST(consult_with_laws, does_not_state_a_rule_whose_law_has_changed)
{
    const engine with(test::whole_data(), library_of(civil_code("新的条文。", "民法典", 2026y / 1 / 1), "newer"));
    const auto text = answer_of_leak(with);
    EXPECT_FALSE(has(text, "法律是这样规定的")) << text;
    EXPECT_TRUE(has(text, "后来改过")) << text;
    EXPECT_TRUE(has(text, "新的条文。")) << text;
    EXPECT_TRUE(has(text, "12348")) << text;
}

TEST(consult_with_laws, no_article_no_rule)
{
    auto without = civil_code("业主用水不得损害邻居。");
    without.resize(1);
    const engine with(test::whole_data(), library_of(without, "gone"));
    const auto text = answer_of_leak(with);
    EXPECT_FALSE(has(text, "法律是这样规定的")) << text;
    EXPECT_TRUE(has(text, "已经查不到")) << text;
}

TEST(consult_with_laws, a_law_that_is_not_imported_says_nothing_about_the_card)
{
    const engine with(test::whole_data(), library_of(civil_code("别的法律。", "城市规划办法"), "other"));
    EXPECT_TRUE(has(answer_of_leak(with), "法律是这样规定的"));
}

TEST(consult_legal, what_was_told_goes_into_the_filing)
{
    test::chat citizen;
    citizen.says("法律咨询");
    auto text = citizen.says("楼上卫生间漏水，把我家吊顶泡坏了，他不赔");
    if (has(text, "您想问的是"))
        citizen.says("楼上漏水泡了我家怎么办");
    citizen.says("卫生间，漏了两个月");
    text = citizen.says("直接看答案");
    for (int i = 0; i < 6 && has(text, "更多"); ++i)
        text = citizen.says("更多");
    citizen.says("申请调解");
    citizen.says("同意");
    citizen.says("同意");
    text = citizen.says("没有");
    EXPECT_TRUE(has(text, "您刚才说的已经记下：“楼上卫生间漏水")) << text;
    ASSERT_FALSE(citizen.state.stack.empty());
    EXPECT_TRUE(has(citizen.state.stack.back().draft, "漏了两个月")) << citizen.state.stack.back().draft;
}

TEST(consult_legal, a_question_that_no_card_answers_ends_without_a_rule)
{
    test::chat citizen;
    citizen.says("法律咨询");
    auto text = citizen.says("外星人登陆要不要缴关税");
    for (int i = 0; i < 6 && !has(text, "没有把握"); ++i)
        text = citizen.says("都不是");
    EXPECT_TRUE(has(text, "12348")) << text;
    EXPECT_FALSE(has(text, "法律是这样规定的")) << text;
}

}  // namespace
