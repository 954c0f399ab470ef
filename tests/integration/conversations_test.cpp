// Every script of tests/conversations through the real pipeline, journal and tables, on both engines. The process is made
// anew again and again, in one script here and in another there, so that sessions are also read back from the journal.

#include "bot/app/service.hpp"
#include "storage/case_store.hpp"
#include "tests/integration/script_tables.hpp"
#include "tests/integration/script_world.hpp"
#include "tests/integration/test_site.hpp"
#include "tests/support/script.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

namespace testing_support {
namespace {

using bot::app::turn_service;

constexpr std::string_view account = "script";

// The pipeline of one process over a site; restarting it forgets every session.
class talking_server {
public:
    // on_call: a person is told of every alert, day and night.
    talking_server(const test_site& site, bool on_call) : settings_(settings_of(site)), folder_(site.folder())
    {
        if (on_call)
            settings_.dialogs_directory = staffed_data(folder_ / "on_call");
    }

    // The laws of the script are imported, and no others.
    void import_laws(const test::script& script)
    {
        const auto folder = script.laws.empty() ? std::string{} : (folder_ / ("laws_" + script.name)).string();
        if (!folder.empty())
            test::write_laws(test::law_rows(script.laws), folder);
        const bool same = folder == settings_.laws_directory;
        settings_.laws_directory = folder;
        if (!same || !service_)
            restart();
    }

    void restart()
    {
        service_.reset();
        service_ = std::make_unique<turn_service>(settings_, true);
    }

    bot::turns::answer say(bot::turns::delivery message)
    {
        constexpr int turns_of_a_process = 9;  // no multiple of what is usual in a script
        if (++said_ % turns_of_a_process == 0)
            restart();
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

    static std::string staffed_data(const std::filesystem::path& into)
    {
        const std::filesystem::path from(HEJIE_SOURCE_DIR "/dialogs");
        for (const auto* part : {"flows", "lexicon", "answers"}) {
            std::filesystem::create_directories(into / part);
            for (const auto& file : std::filesystem::directory_iterator(from / part)) {
                std::ifstream in(file.path(), std::ios::binary);
                std::string content{std::istreambuf_iterator<char>(in), {}};
                const std::string off = "duty_on_call: false";
                if (const auto at = content.find(off); at != std::string::npos)
                    content.replace(at, off.size(), "duty_on_call: true");
                std::ofstream(into / part / file.path().filename(), std::ios::binary) << content;
            }
        }
        return into.string();
    }

    bot::app::configuration settings_;
    std::filesystem::path folder_;
    std::unique_ptr<turn_service> service_;
    int said_ = 0;
};

// Who talks in a script, and what they were shown.
struct speaker {
    storage::address at;
    script_world world;
    bot::turns::answer last;
    std::map<std::string, std::string> known_targets;  // buttons of earlier replies
};

// Runs one script as the citizens who speak in it.
class script_run {
public:
    script_run(const test_site& site, talking_server& server, const test::script& script)
        : db_(site.connect()), keys_(site.keys()), server_(server), script_(script), now_(bot::system_clock().now())
    {
        script_world::forget_earlier(*db_);
    }

    void run()
    {
        const int before = faults();
        for (const auto& turn : script_.turns) {
            SCOPED_TRACE(script_.name + ":" + std::to_string(turn.line));
            auto& who = speaker_of(turn.who);
            for (const auto& move : turn.before)
                now_ = move.to.value_or(now_ + move.by);
            now_ += std::chrono::seconds(20);
            for (const auto& change : turn.world)
                who.world.learn(change, now_, last_case_);
            who.last = server_.say(delivery_of(who, turn));
            expect_replies(who, turn);
            expect_rows(who, turn);
            if (faults() > before)
                return;  // this script is lost, the others are not
        }
    }

private:
    static int faults() { return testing::UnitTest::GetInstance()->current_test_info()->result()->total_part_count(); }

    speaker& speaker_of(const std::string& name)
    {
        const auto known = speakers_.find(name);
        if (known != speakers_.end())
            return known->second;
        const storage::address at{std::string(account), name.empty() ? script_.name : script_.name + "/" + name};
        return speakers_.emplace(name, speaker{at, script_world(*db_, keys_, at), {}, {}}).first->second;
    }

    bot::turns::delivery delivery_of(const speaker& who, const test::script_turn& turn)
    {
        bot::turns::delivery message;
        message.from = who.at;
        message.what = said_by(who, turn);
        message.key = server_.keys().hash("delivery", script_.name + "|" + std::to_string(turn.line));
        message.received = now_;
        message.arrived = std::chrono::steady_clock::now();
        message.reply_by = message.arrived + std::chrono::seconds(30);
        return message;
    }

    static dialogs::said said_by(const speaker& who, const test::script_turn& turn)
    {
        if (const auto* said = std::get_if<dialogs::said>(&turn.says))
            return *said;
        const auto& button = std::get<test::tap>(turn.says).button;
        for (const auto& reply : who.last.replies)
            for (const auto& choice : reply.choices)
                if (choice.label == button || choice.target == button)
                    return dialogs::said_text{choice.label, choice.target};
        // A button of an earlier reply, or a target written out.
        const auto known = who.known_targets.find(button);
        return dialogs::said_text{button, known == who.known_targets.end() ? button : known->second};
    }

    static void expect_replies(speaker& who, const test::script_turn& turn)
    {
        std::string text;
        for (const auto& reply : who.last.replies) {
            text += (text.empty() ? "" : "\n") + reply.text;
            for (const auto& choice : reply.choices)
                who.known_targets[choice.label] = choice.target;
        }
        for (const auto& reply : who.last.replies)
            for (const auto& choice : reply.choices)
                text += "\n[" + choice.label + "]";
        EXPECT_EQ(turn.silent, who.last.replies.empty()) << text;
        const auto missing = test::first_missing(text, turn.expects);
        EXPECT_FALSE(missing.has_value()) << "expected: " << missing.value_or("") << "\nbut it said: " << text;
        const auto unwanted = test::first_unwanted(text, turn.avoids);
        EXPECT_FALSE(unwanted.has_value()) << "not expected: " << unwanted.value_or("") << "\nbut it said: " << text;
    }

    // What the turn has left in the tables.
    void expect_rows(const speaker& who, const test::script_turn& turn)
    {
        storage::turn_journal journal(*db_, server_.keys());
        const auto head = journal.load(who.at, {}).value().head;
        ASSERT_TRUE(head.has_value());
        expect_cases(*head, turn);
        expect_crises(*head, turn);
        auto known = turn;
        std::erase_if(known.effects, [](const test::expected_effect& e) { return !in_tables(e.name); });
        const auto wrong = test::unexpected_effects(known, effects_in_tables(*db_, head->who, head->turn_no, now_));
        EXPECT_FALSE(wrong.has_value()) << wrong.value_or("");
    }

    void expect_cases(const storage::journal_head& head, const test::script_turn& turn)
    {
        auto& count = db_->prepare("SELECT code FROM dispute_case WHERE citizen_id = ? AND turn_no = ?");
        count.bind(0, head.who.id.value);
        count.bind(1, head.turn_no);
        count.query();
        std::vector<std::string> codes;
        while (count.next())
            codes.push_back(count.bytes(0));
        db_->end_reads();
        ASSERT_EQ(codes.size(), turn.cases.size());
        for (std::size_t i = 0; i < codes.size(); ++i) {
            last_case_ = codes[i];
            storage::case_store cases(*db_, server_.keys());
            const auto fields = test::case_fields(cases.show(codes[i]).value().filed);
            for (const auto& [name, value] : turn.cases[i].fields) {
                const auto found = fields.find(name);
                EXPECT_EQ(found == fields.end() ? "(none)" : found->second, value) << name;
            }
        }
    }

    void expect_crises(const storage::journal_head& head, const test::script_turn& turn)
    {
        auto& find = db_->prepare("SELECT level FROM crisis_alert WHERE citizen_id = ? AND turn_no = ?");
        find.bind(0, head.who.id.value);
        find.bind(1, head.turn_no);
        find.query();
        std::multiset<std::string> levels;
        while (find.next())
            levels.insert(find.bytes(0));
        db_->end_reads();
        EXPECT_EQ(levels, std::multiset<std::string>(turn.crises.begin(), turn.crises.end()));
    }

    std::unique_ptr<storage::sql::connection> db_;
    const storage::keyring& keys_;
    talking_server& server_;
    const test::script& script_;
    bot::instant now_;
    std::map<std::string, speaker> speakers_;
    std::string last_case_;
};

class Conversations : public testing::TestWithParam<engine> {};

void play_all(engine which, const std::string& folder, bool on_call)
{
    const auto scripts = test::read_scripts(HEJIE_SOURCE_DIR "/tests/conversations" + folder);
    ASSERT_FALSE(scripts.empty());
    const test_site site(which);
    talking_server server(site, on_call);
    for (const auto& script : scripts) {
        server.import_laws(script);
        try {
            script_run(site, server, script).run();
        } catch (const std::exception& error) {
            ADD_FAILURE() << script.name << ": " << error.what();
        }
    }
    std::cout << scripts.size() << " scripts on " << name_of(which) << (on_call ? " with a person on call" : "") << '\n';
}

TEST_P(Conversations, GoAsWritten) { play_all(GetParam(), "", false); }
TEST_P(Conversations, GoAsWrittenWithAPersonOnCall) { play_all(GetParam(), "/on_call", true); }

INSTANTIATE_TEST_SUITE_P(
    Engines, Conversations, testing::ValuesIn(engines_here()), [](const auto& info) { return name_of(info.param); }
);

}  // namespace
}  // namespace testing_support
