// Every script of tests/conversations through the real pipeline, journal and case tables, on both engines. The
// process is made anew between scripts and at every third turn, so that sessions are also read back from the journal.

#include "bot/app/service.hpp"
#include "storage/case_store.hpp"
#include "tests/integration/script_world.hpp"
#include "tests/integration/test_site.hpp"
#include "tests/support/script.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <set>

namespace testing_support {
namespace {

using bot::app::turn_service;

constexpr std::string_view account = "script";

// The pipeline of one process over a site; restarting it forgets every session.
class talking_server {
public:
    explicit talking_server(const test_site& site) : settings_(settings_of(site)) { restart(); }

    void restart()
    {
        service_.reset();
        service_ = std::make_unique<turn_service>(settings_, true);
    }

    bot::turns::answer say(bot::turns::delivery message)
    {
        std::optional<bot::result<bot::turns::shared_answer>> got;
        const auto alive = boost::asio::make_work_guard(service_->io);
        boost::asio::co_spawn(
            service_->io, service_->turns->take(std::move(message)),
            [&got](std::exception_ptr failed, bot::result<bot::turns::shared_answer> outcome) {
                if (failed)
                    std::rethrow_exception(failed);
                got.emplace(std::move(outcome));
            }
        );
        service_->io.restart();
        while (!got)
            service_->io.run_one();
        return *got->value();
    }

    storage::keyring& keys() { return service_->keys; }

private:
    static bot::app::configuration settings_of(const test_site& site)
    {
        return bot::app::load_configuration(site.config_file(), [](const auto&) { return std::nullopt; });
    }

    bot::app::configuration settings_;
    std::unique_ptr<turn_service> service_;
};

// Runs one script as one citizen.
class script_run {
public:
    script_run(const test_site& site, talking_server& server, const test::script& script)
        : db_(site.connect()), server_(server), script_(script), now_(bot::system_clock().now()),
          world_(*db_, site.keys(), {std::string(account), script.name})
    {
    }

    void run()
    {
        const int before = faults();
        for (const auto& turn : script_.turns) {
            SCOPED_TRACE(script_.name + ":" + std::to_string(turn.line));
            for (const auto& move : turn.before)
                now_ = move.to.value_or(now_ + move.by);
            now_ += std::chrono::milliseconds(1);
            for (const auto& change : turn.world)
                world_.learn(change, now_);
            if (++said_ % 3 == 0)
                server_.restart();
            last_ = server_.say(delivery_of(turn));
            expect_replies(turn);
            expect_cases(turn);
            expect_crises(turn);
            if (faults() > before)
                return;  // this script is lost, the others are not
        }
    }

private:
    static int faults() { return testing::UnitTest::GetInstance()->current_test_info()->result()->total_part_count(); }

    bot::turns::delivery delivery_of(const test::script_turn& turn)
    {
        bot::turns::delivery message;
        message.from = {std::string(account), script_.name};
        message.what = said_by(turn);
        message.key = server_.keys().hash("delivery", script_.name + "|" + std::to_string(turn.line));
        message.received = now_;
        message.arrived = std::chrono::steady_clock::now();
        message.reply_by = message.arrived + std::chrono::seconds(30);
        return message;
    }

    dialogs::said said_by(const test::script_turn& turn)
    {
        if (const auto* said = std::get_if<dialogs::said>(&turn.says))
            return *said;
        const auto& button = std::get<test::tap>(turn.says).button;
        for (const auto& reply : last_.replies)
            for (const auto& choice : reply.choices)
                if (choice.label == button || choice.target == button) {
                    known_targets_[choice.label] = choice.target;
                    return dialogs::said_text{choice.label, choice.target};
                }
        // A button of an earlier reply, or a target written out.
        const auto known = known_targets_.find(button);
        return dialogs::said_text{button, known == known_targets_.end() ? button : known->second};
    }

    void expect_replies(const test::script_turn& turn)
    {
        std::string text;
        for (const auto& reply : last_.replies) {
            text += reply.text + "\n";
            for (const auto& choice : reply.choices) {
                text += "[" + choice.label + "]\n";
                known_targets_[choice.label] = choice.target;
            }
        }
        if (turn.silent)
            EXPECT_TRUE(last_.replies.empty()) << text;
        const auto missing = test::first_missing(text, turn.expects);
        EXPECT_FALSE(missing.has_value()) << "expected: " << missing.value_or("") << "\nbut it said: " << text;
    }

    void expect_cases(const test::script_turn& turn)
    {
        if (turn.cases.empty())
            return;
        storage::turn_journal journal(*db_, server_.keys());
        const auto head = journal.load({std::string(account), script_.name}, {}).value().head;
        ASSERT_TRUE(head.has_value());
        storage::case_store cases(*db_, server_.keys());
        const auto own = cases.cases_of(head->who.id, now_).value();
        ASSERT_FALSE(own.empty());
        const auto filed = cases.show(own.front().code).value().filed;
        const auto fields = test::case_fields(filed);
        for (const auto& expected : turn.cases)
            for (const auto& [name, value] : expected.fields) {
                const auto found = fields.find(name);
                EXPECT_EQ(found == fields.end() ? "(none)" : found->second, value) << name;
            }
    }

    void expect_crises(const test::script_turn& turn)
    {
        storage::turn_journal journal(*db_, server_.keys());
        const auto head = journal.load({std::string(account), script_.name}, {}).value().head;
        ASSERT_TRUE(head.has_value());
        auto& find = db_->prepare("SELECT level FROM crisis_alert WHERE citizen_id = ? AND turn_no = ?");
        find.bind(0, head->who.id.value);
        find.bind(1, head->turn_no);
        find.query();
        std::multiset<std::string> levels;
        while (find.next())
            levels.insert(find.bytes(0));
        EXPECT_EQ(levels, std::multiset<std::string>(turn.crises.begin(), turn.crises.end()));
    }

    std::unique_ptr<storage::sql::connection> db_;
    talking_server& server_;
    const test::script& script_;
    bot::instant now_;
    script_world world_;
    bot::turns::answer last_;
    int said_ = 0;
    std::map<std::string, std::string> known_targets_;
};

class Conversations : public testing::TestWithParam<engine> {};

TEST_P(Conversations, GoAsWritten)
{
    const auto scripts = test::read_scripts(std::string(HEJIE_SOURCE_DIR) + "/tests/conversations");
    ASSERT_FALSE(scripts.empty());
    const test_site site(GetParam());
    talking_server server(site);
    for (const auto& script : scripts) {
        script_run(site, server, script).run();
        server.restart();
    }
}

INSTANTIATE_TEST_SUITE_P(
    Engines, Conversations, testing::ValuesIn(engines_here()), [](const auto& info) { return name_of(info.param); }
);

}  // namespace
}  // namespace testing_support
