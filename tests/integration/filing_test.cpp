// A whole filing by encrypted webhook in safe mode: the case row is there with every field, the replies decrypt; the
// same conversation by `hejie chat`; the queue by `hejie queue`.

#include "storage/case_store.hpp"
#include "tests/integration/filing_script.hpp"
#include "tests/integration/journal_check.hpp"
#include "tests/integration/server_process.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace testing_support {
namespace {

namespace json = boost::json;

class Filing : public testing::TestWithParam<engine> {
protected:
    static void expect_filed(const dialogs::file_case& filed)
    {
        EXPECT_EQ(filed.dispute_type, "neighborhood");
        EXPECT_EQ(filed.unit, "330302030");
        EXPECT_EQ(filed.applicant.name, "陈小兰");
        EXPECT_EQ(filed.applicant.phone, "13806770001");
        EXPECT_EQ(filed.respondent.name, "王建国");
        EXPECT_EQ(filed.respondent.phone, "13706770002");
        EXPECT_NE(filed.narrative.find("楼上卫生间漏水"), std::string::npos);
        EXPECT_NE(filed.narrative.find("说了三次都不修"), std::string::npos);
        EXPECT_EQ(filed.occurred, "2026-03-05");
        EXPECT_NE(filed.place.find("蒲鞋市街道"), std::string::npos);
        EXPECT_NE(filed.requests.find("修好漏水"), std::string::npos);
        EXPECT_EQ(filed.amount_fen, 350'000);
        EXPECT_FALSE(filed.minor);
        ASSERT_EQ(filed.evidence.size(), 2u);
        EXPECT_EQ(filed.evidence[0].kind, "picture");
        EXPECT_EQ(filed.evidence[0].media_id, "media-ceiling-1");
        EXPECT_EQ(filed.evidence[1].media_id, "media-ceiling-2");
        EXPECT_FALSE(filed.code.empty());
        EXPECT_GT(filed.submitted_at.time_since_epoch().count(), 0);
    }

    static void expect_case_in(const test_site& site)
    {
        auto db = site.connect();
        storage::case_store cases(*db, site.keys());
        const auto queue = cases.list({}, bot::system_clock().now()).value();
        ASSERT_EQ(queue.size(), 1u);
        EXPECT_EQ(queue[0].state, "submitted");
        EXPECT_TRUE(queue[0].owner.empty());
        const auto record = cases.show(queue[0].code).value();
        expect_filed(record.filed);
        EXPECT_EQ(record.entry.accept_by, record.filed.accept_by);
    }
};

TEST_P(Filing, ByEncryptedWebhook)
{
    const test_site site(GetParam());
    server_process server(site.serve_arguments());
    citizen_client citizen(site.account(), "oFiling1", {server.port()});
    std::string last;
    for (const auto& line : filing_lines())
        last = citizen.send(message_of(citizen, line)).clear_reply;
    EXPECT_NE(last.find("查询码"), std::string::npos) << last;
    EXPECT_EQ(server.stop(), 0);
    expect_case_in(site);
    EXPECT_EQ(expect_true_journal(site, embedded_engine(), citizen).cases, 1);
}

TEST_P(Filing, ByChatFromAPipe)
{
    const test_site site(GetParam());
    ASSERT_EQ(run_hejie({"migrate", "--config", site.config_file()}).exit_code, 0);
    std::string input;
    for (const auto& line : filing_lines())
        input += line + "\n";
    const auto chat = run_hejie({"chat", "--config", site.config_file(), "--json"}, input);
    EXPECT_EQ(chat.exit_code, 0) << chat.output;
    EXPECT_NE(chat.output.find("查询码"), std::string::npos);
    expect_case_in(site);
}

TEST_P(Filing, IsClaimedFromTheCommandLineOnce)
{
    const test_site site(GetParam());
    ASSERT_EQ(run_hejie({"migrate", "--config", site.config_file()}).exit_code, 0);
    std::string input;
    for (const auto& line : filing_lines())
        input += line + "\n";
    ASSERT_EQ(run_hejie({"chat", "--config", site.config_file()}, input).exit_code, 0);

    const auto listed = run_hejie({"queue", "list", "--config", site.config_file(), "--json"});
    ASSERT_EQ(listed.exit_code, 0);
    const auto entry = json::parse(listed.output).as_object();
    const std::string code(entry.at("code").as_string());
    const auto shown = run_hejie({"queue", "show", code, "--config", site.config_file(), "--json"});
    EXPECT_EQ(json::parse(shown.output).at("applicant").at("phone").as_string(), "13806770001");

    const auto won = run_hejie({"queue", "claim", "--owner", "wang", "--config", site.config_file(), "--json"});
    ASSERT_EQ(won.exit_code, 0);
    const auto token = json::parse(won.output).at("token").as_int64();
    EXPECT_NE(run_hejie({"queue", "claim", code, "--owner", "li", "--config", site.config_file()}).exit_code, 0);
    const std::string stale = std::to_string(token - 1);
    EXPECT_NE(
        run_hejie({"queue", "release", code, "--token", stale, "--config", site.config_file()}).exit_code, 0
    );
    EXPECT_EQ(
        run_hejie({"queue", "release", code, "--token", std::to_string(token), "--config", site.config_file()})
            .exit_code,
        0
    );
    EXPECT_EQ(run_hejie({"queue", "claim", code, "--owner", "li", "--config", site.config_file()}).exit_code, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Engines, Filing, testing::ValuesIn(engines_here()), [](const auto& info) { return name_of(info.param); }
);

}  // namespace
}  // namespace testing_support
