// The pipeline on a real SQLite database with the real flows.

#include "bot/app/service.hpp"
#include "bot/turns/pipeline.hpp"
#include "storage/migrations.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <unistd.h>

#include <filesystem>

namespace bot::turns {
namespace {

using namespace std::chrono_literals;

struct folder {
    folder() : path(std::filesystem::temp_directory_path() / ("hejie_turns_" + std::to_string(::getpid())))
    {
        std::filesystem::remove_all(path);
        std::filesystem::create_directories(path);
    }
    ~folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

const dialogs::engine& flows()
{
    static const auto engine = app::load_engine();
    return *engine;
}

// One process's pipeline.
class replica {
public:
    explicit replica(storage::sql::database& db, const storage::keyring& keys, pipeline::options chosen = {})
        : turns(io, flows(), db, keys, counters, chosen)
    {
    }

    // Runs the loop until all these deliveries have an outcome; outcomes in their order.
    std::vector<bot::result<shared_answer>> take(std::vector<delivery> messages)
    {
        std::vector<std::optional<bot::result<shared_answer>>> got(messages.size());
        std::size_t left = messages.size();
        const auto alive = boost::asio::make_work_guard(io);
        for (std::size_t i = 0; i < messages.size(); ++i)
            boost::asio::co_spawn(
                io, turns.take(std::move(messages[i])),
                [&got, &left, i](std::exception_ptr failed, bot::result<shared_answer> outcome) {
                    EXPECT_FALSE(failed);
                    got[i].emplace(std::move(outcome));
                    --left;
                }
            );
        io.restart();
        while (left > 0)
            io.run_one();
        std::vector<bot::result<shared_answer>> all;
        for (auto& one : got)
            all.push_back(std::move(*one));
        return all;
    }

    double counted(const std::string& name)
    {
        const auto page = "\n" + counters.render();
        const auto at = page.find("\n" + name);
        const auto line = page.substr(at + 1, page.find('\n', at + 1) - at - 1);
        return at == std::string::npos ? 0 : std::stod(line.substr(line.rfind(' ')));
    }

    boost::asio::io_context io{1};
    metrics counters;
    pipeline turns;
};

class Pipeline : public testing::Test {
protected:
    Pipeline() : database(app::open_database("sqlite:" + (home.path / "t.db").string()))
    {
        EXPECT_TRUE(storage::migrate(**database->connect()).has_value());
    }

    delivery said(const std::string& text, const std::string& id, std::chrono::milliseconds budget = 10s)
    {
        delivery message;
        message.from = {"main", "oPipeline"};
        message.what = dialogs::said_text{text, ""};
        message.key = keys.hash("delivery", id);
        message.received = system_clock().now();
        message.arrived = std::chrono::steady_clock::now();
        message.reply_by = message.arrived + budget;
        return message;
    }

    std::vector<storage::journal_row> history()
    {
        auto db = database->connect().value();
        storage::turn_journal journal(*db, keys);
        const auto head = journal.load({"main", "oPipeline"}, {}).value().head;
        return head ? journal.history(head->who).value() : std::vector<storage::journal_row>{};
    }

    // Keeps the database locked for writing as long as it lives.
    struct write_lock {
        explicit write_lock(storage::sql::database& of) : db(of.connect().value())
        {
            db->execute("BEGIN IMMEDIATE");
        }
        ~write_lock() { db->execute("ROLLBACK"); }
        std::unique_ptr<storage::sql::connection> db;
    };

    folder home;
    storage::keyring keys{std::array<std::uint8_t, 32>{1, 2, 3}};
    std::unique_ptr<storage::sql::database> database;
};

TEST_F(Pipeline, AnswersAndStoresATurn)
{
    replica one(*database, keys);
    const auto got = one.take({said("你好", "1")});
    ASSERT_TRUE(got[0].has_value());
    EXPECT_FALSE((*got[0])->replies.empty());
    const auto rows = history();
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].turn_no, 1);
    EXPECT_EQ(rows[0].replies, dialogs::serialise((*got[0])->replies));
}

TEST_F(Pipeline, RepeatedDeliveriesAtOnceShareOneTurn)
{
    replica one(*database, keys);
    const auto got = one.take({said("你好", "1"), said("你好", "1"), said("你好", "1")});
    EXPECT_EQ(*got[0], *got[1]);
    EXPECT_EQ(*got[0], *got[2]);
    EXPECT_EQ(history().size(), 1u);
    EXPECT_EQ(one.counted("hejie_repeated_deliveries_total{found=\"under_way\"}"), 2);
}

TEST_F(Pipeline, ALateRepetitionIsAnsweredFromMemoryThenFromTheJournal)
{
    replica one(*database, keys);
    const auto first = one.take({said("你好", "1")});
    const auto again = one.take({said("你好", "1")});
    EXPECT_EQ(*first[0], *again[0]);
    EXPECT_EQ(one.counted("hejie_repeated_deliveries_total{found=\"memory\"}"), 1);

    replica other(*database, keys);
    const auto elsewhere = other.take({said("你好", "1")});
    EXPECT_EQ(dialogs::serialise((*elsewhere[0])->replies), dialogs::serialise((*first[0])->replies));
    EXPECT_EQ((*elsewhere[0])->at, (*first[0])->at);
    EXPECT_EQ(other.counted("hejie_repeated_deliveries_total{found=\"journal\"}"), 1);
    EXPECT_EQ(history().size(), 1u);
}

TEST_F(Pipeline, AnOldRepetitionBeyondMemoryMakesNoSecondTurn)
{
    replica one(*database, keys);
    const auto first = one.take({said("你好", "0")});
    for (int i = 1; i < 10; ++i)
        one.take({said("菜单", std::to_string(i))});
    const auto again = one.take({said("你好", "0")});
    EXPECT_EQ(dialogs::serialise((*again[0])->replies), dialogs::serialise((*first[0])->replies));
    EXPECT_EQ(history().size(), 10u);
}

TEST_F(Pipeline, MessagesOfOneCitizenAreTakenInOrder)
{
    replica one(*database, keys);
    std::vector<delivery> burst;
    for (int i = 0; i < 50; ++i)
        burst.push_back(said("第" + std::to_string(i) + "句", std::to_string(i)));
    one.take(burst);
    const auto rows = history();
    ASSERT_EQ(rows.size(), burst.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(rows[i].turn_no, static_cast<int>(i) + 1);
        EXPECT_EQ(rows[i].key, burst[i].key);
    }
}

TEST_F(Pipeline, TwoReplicasThatAnswerTheSameCitizenLoseNoTurn)
{
    replica one(*database, keys);
    replica two(*database, keys);
    for (int i = 0; i < 20; ++i)
        (i % 2 == 0 ? one : two).take({said("你好", std::to_string(i))});
    const auto rows = history();
    ASSERT_EQ(rows.size(), 20u);
    EXPECT_GT(one.counted("hejie_turn_conflicts_total") + two.counted("hejie_turn_conflicts_total"), 0);
    dialogs::conversation before;
    for (const auto& row : rows) {
        std::uint64_t seed = 0;
        std::memcpy(&seed, row.key.data(), sizeof seed);
        const auto what = dialogs::parse_said(row.inbound);
        const auto again = flows().step(before, {what, row.at, seed, {}});
        EXPECT_EQ(dialogs::serialise(std::get<dialogs::stepped>(again).after), row.state);
        before = dialogs::parse_conversation(row.state);
    }
}

TEST_F(Pipeline, ALockedDatabaseIsATimeoutForTheRequestAndNotALostMessage)
{
    replica one(*database, keys);
    one.take({said("你好", "0")});
    {
        const write_lock lock(*database);
        const auto late = one.take({said("菜单", "1", 100ms)});
        EXPECT_EQ(late[0].error(), bot::errc::timed_out);
    }
    const auto again = one.take({said("菜单", "1")});
    ASSERT_TRUE(again[0].has_value());
    EXPECT_EQ(history().size(), 2u);
    EXPECT_EQ(one.counted("hejie_turns_timed_out_total"), 1);
}

TEST_F(Pipeline, TooManyUnderWayAreRefusedAtOnce)
{
    pipeline::options few;
    few.admit.at_most = 1;
    few.admit.always = 1;
    replica one(*database, keys, few);
    one.take({said("你好", "0")});
    const write_lock lock(*database);
    const auto got = one.take({said("菜单", "1", 50ms), said("菜单", "2", 50ms)});
    EXPECT_EQ(got[0].error(), bot::errc::timed_out);
    EXPECT_EQ(got[1].error(), bot::errc::overloaded);
}

TEST_F(Pipeline, EvictedSessionsComeBackFromTheJournal)
{
    pipeline::options few;
    few.max_lanes = 2;
    replica one(*database, keys, few);
    for (int round = 0; round < 3; ++round)
        for (int citizen = 0; citizen < 5; ++citizen) {
            auto message = said("你好", std::to_string(round) + "/" + std::to_string(citizen));
            message.from.person = "oMany" + std::to_string(citizen);
            EXPECT_TRUE(one.take({message})[0].has_value());
        }
    auto db = database->connect().value();
    storage::turn_journal journal(*db, keys);
    for (int citizen = 0; citizen < 5; ++citizen)
        EXPECT_EQ(journal.load({"main", "oMany" + std::to_string(citizen)}, {}).value().head->turn_no, 3);
}

TEST_F(Pipeline, ADatabaseThatIsAwayIsAnErrorAtTheDeadline)
{
    auto away = app::open_database("sqlite:" + home.path.string());  // a folder is no database
    replica one(*away, keys);
    const auto got = one.take({said("你好", "1", 100ms)});
    ASSERT_TRUE(got[0].has_error());
    EXPECT_TRUE(got[0].error() == bot::errc::timed_out || got[0].error() == bot::errc::storage_down);
}

TEST_F(Pipeline, AQueryCodeThatIsTakenIsNotTriedForEver)
{
    // Ids and codes are made of the delivery's key and time: two citizens with the same ones would get the same code.
    const std::vector<std::string> lines{
        "我要申请调解", "同意", "同意使用", "没有", "楼上卫生间漏水，把我家天花板泡坏了", "说完了", "邻里纠纷",
        "2026年3月5日", "蒲鞋市街道某某小区3幢", "请楼上修好漏水", "3500元", "王建国", "跳过", "为自己", "满了",
        "陈小兰", "13806770001", "没有", "跳过", "跳过", "提交"};
    replica one(*database, keys);
    const auto at = system_clock().now();
    std::string last;
    for (const char* person : {"oFirst", "oSecond"})
        for (std::size_t i = 0; i < lines.size(); ++i) {
            auto message = said(lines[i], std::to_string(i));
            message.from.person = person;
            message.received = at + std::chrono::seconds(i);
            const auto got = one.take({message});
            ASSERT_TRUE(got[0].has_value()) << got[0].error().message();
            last = dialogs::serialise((*got[0])->replies);
        }
    EXPECT_NE(last.find("查询码"), std::string::npos) << last;
    auto db = database->connect().value();
    storage::case_store cases(*db, keys);
    const auto filed = cases.list({}, at).value();
    ASSERT_EQ(filed.size(), 2u);
    EXPECT_NE(filed[0].code, filed[1].code);
    EXPECT_NE(filed[0].id, filed[1].id);
}

TEST_F(Pipeline, AStoredCrisisAlertIsCountedByLevel)
{
    replica one(*database, keys);
    one.take({said("我不想活了", "1")});
    EXPECT_EQ(one.counted("hejie_crisis_alerts_total{level=\"C3\"}"), 1);
    one.take({said("我不想活了", "1")});
    EXPECT_EQ(one.counted("hejie_crisis_alerts_total{level=\"C3\"}"), 1);
}

TEST_F(Pipeline, DrainsWhenEverythingIsAnswered)
{
    replica one(*database, keys);
    one.take({said("你好", "1"), said("菜单", "2")});
    bool drained = false;
    boost::asio::co_spawn(one.io, one.turns.drain(), [&drained](std::exception_ptr failed) {
        EXPECT_FALSE(failed);
        drained = true;
    });
    one.io.restart();
    while (!drained)
        one.io.run_one();
    EXPECT_EQ(history().size(), 2u);
}

}  // namespace
}  // namespace bot::turns
