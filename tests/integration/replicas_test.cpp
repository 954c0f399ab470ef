// Two replicas over one database, every message delivered three times at once: one turn each, one and the same reply.
// HEJIE_REPLICA_MESSAGES sets the number of messages of each engine (default 5000).

#include "tests/integration/journal_check.hpp"
#include "tests/integration/server_process.hpp"

#include <gtest/gtest.h>

#include <barrier>
#include <cstdlib>
#include <iostream>

namespace testing_support {
namespace {

constexpr int citizens_at_once = 8;
constexpr int copies = 3;

int messages_to_send()
{
    const char* text = std::getenv("HEJIE_REPLICA_MESSAGES");
    return text == nullptr ? 5'000 : std::atoi(text);
}

const std::vector<std::string>& lines()
{
    static const std::vector<std::string> all{
        "你好", "我要申请调解", "同意", "帮助", "楼上漏水把我家天花板泡坏了", "返回", "没有", "取消", "菜单",
    };
    return all;
}

struct tally {
    int messages = 0;
    int different = 0;   // messages whose copies were answered differently
    int unanswered = 0;  // copies that were answered 503 and had to be delivered again
};

// One citizen: each message goes out as three copies on three threads that start together.
class crowd_member {
public:
    crowd_member(const test_site& site, const std::string& id, const std::vector<std::uint16_t>& ports)
        : main(site.account(), id, ports)
    {
        for (int i = 0; i < copies; ++i)
            hands_.push_back(std::make_unique<citizen_client>(site.account(), id, ports));
    }

    void say(const std::string& text, tally& into)
    {
        const auto message = main.text(text);
        std::vector<std::string> replies(copies);
        std::vector<int> again(copies, 0);
        std::barrier start(copies);
        std::vector<std::thread> threads;
        for (int i = 0; i < copies; ++i)
            threads.emplace_back([&, i] {
                start.arrive_and_wait();
                const auto server = static_cast<std::size_t>(i % 2);
                while (hands_[static_cast<std::size_t>(i)]->deliver(
                           message, server, replies[static_cast<std::size_t>(i)]
                       ) != 200)
                    ++again[static_cast<std::size_t>(i)];
            });
        for (auto& thread : threads)
            thread.join();
        ++into.messages;
        into.different += replies[0] == replies[1] && replies[1] == replies[2] ? 0 : 1;
        into.unanswered += again[0] + again[1] + again[2];
        const auto recorded = main.send(message);  // the fourth delivery, much later: the same again
        into.different += recorded.clear_reply == replies[0] ? 0 : 1;
    }

    citizen_client main;

private:
    std::vector<std::unique_ptr<citizen_client>> hands_;
};

class Replicas : public testing::TestWithParam<engine> {};

TEST_P(Replicas, ThreeCopiesAtOnceMakeOneTurnWithOneReply)
{
    const test_site site(GetParam());
    server_process first(site.serve_arguments());
    server_process second(site.serve_arguments());
    const std::vector<std::uint16_t> ports{first.port(), second.port()};

    std::vector<std::unique_ptr<crowd_member>> crowd;
    for (int i = 0; i < citizens_at_once; ++i)
        crowd.push_back(std::make_unique<crowd_member>(site, "oCrowd" + std::to_string(i), ports));
    const int each = messages_to_send() / citizens_at_once;
    std::vector<tally> tallies(citizens_at_once);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < crowd.size(); ++i)
        threads.emplace_back([&, i] {
            for (int n = 0; n < each; ++n)
                crowd[i]->say(lines()[static_cast<std::size_t>(n) % lines().size()], tallies[i]);
        });
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(first.stop(), 0);
    EXPECT_EQ(second.stop(), 0);

    tally all;
    int turns = 0;
    for (std::size_t i = 0; i < crowd.size(); ++i) {
        turns += expect_true_journal(site, embedded_engine(), crowd[i]->main).turns;
        all.messages += tallies[i].messages;
        all.different += tallies[i].different;
        all.unanswered += tallies[i].unanswered;
    }
    EXPECT_EQ(all.different, 0);
    EXPECT_EQ(turns, all.messages);
    std::cout << name_of(GetParam()) << ": " << all.messages << " messages, " << copies
              << " copies at once over 2 replicas and one later, " << turns << " turns, " << all.different
              << " answered differently, " << all.unanswered << " delivered again after 503\n";
}

INSTANTIATE_TEST_SUITE_P(
    Engines, Replicas, testing::ValuesIn(engines_here()), [](const auto& info) { return name_of(info.param); }
);

}  // namespace
}  // namespace testing_support
