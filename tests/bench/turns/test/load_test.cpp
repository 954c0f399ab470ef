#include "tests/bench/turns/load.hpp"
#include "tests/bench/turns/echo_peer.hpp"
#include "tests/bench/turns/report.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>
#include <thread>

namespace {

using load::fault;
using load::verdict;

class Peer {
public:
    explicit Peer(fault f = fault::none, std::uint64_t every = 0, bool safe = true) : peer_(as(safe), 0)
    {
        peer_.misbehave(f, every);
        thread_ = std::thread([this] { peer_.run(stop_); });
    }
    ~Peer()
    {
        stop_ = true;
        thread_.join();
    }
    static load::account as(bool safe)
    {
        load::account a;
        a.safe = safe;
        return a;
    }
    load::endpoint at() const
    {
        return load::parse_url("http://127.0.0.1:" + std::to_string(peer_.port()) + "/wechat/main");
    }

private:
    load::echo_peer peer_;
    std::atomic<bool> stop_ = false;
    std::thread thread_;
};

// 400 messages over 8 connections, nothing before the count begins.
load::plan small(const Peer& peer)
{
    load::plan p;
    p.to = {peer.at()};
    p.talk.says = load::parse_script(
        "[关注]\n邻居半夜装修😡\n[图片 m-{nn}]\n[位置 27.99 120.70 某某路1号]\n[菜单 "
        "HELP]\n我的号码是138{nnnnnnnn}\n"
    );
    p.talk.echo = true;
    p.connections = 8;
    p.warmup = 0;
    p.messages = 400;
    p.time_limit = 0.2;
    return p;
}

load::outcome run(load::plan p)
{
    return load::load_run(std::move(p)).run();
}

std::uint64_t count(const load::outcome& o, verdict v)
{
    return o.verdicts[static_cast<std::size_t>(v)];
}

std::uint64_t lost(const load::outcome& o)
{
    return o.server_errors + o.other_status + o.closed + o.timed_out + o.broken + o.connect_failed;
}

TEST(Load, SoundPeerIsFoundSound)
{
    for (bool safe : {true, false}) {
        Peer peer(fault::none, 0, safe);
        auto p = small(peer);
        p.talk.as.safe = safe;
        const auto o = run(p);
        EXPECT_GE(o.messages, 400u);
        EXPECT_EQ(o.wrong() + lost(o) + o.unanswered + count(o, verdict::silent), 0u) << load::as_text(p, o);
        EXPECT_GE(o.conversations, 400u / 6 - 8);
        EXPECT_EQ(o.latencies.size(), o.replies);
        EXPECT_GT(o.percentile(50), 0);
        EXPECT_LE(o.percentile(50), o.percentile(99));
    }
}

struct shown {
    fault f;
    verdict v;
};
class WrongReply : public testing::TestWithParam<shown> {};

TEST_P(WrongReply, IsCountedWithAnExample)
{
    Peer peer(GetParam().f, 10);
    const auto o = run(small(peer));
    EXPECT_GE(count(o, GetParam().v), 40u);
    EXPECT_EQ(o.wrong(), count(o, GetParam().v));
    EXPECT_NE(o.example.find(load::name_of(GetParam().v)), o.example.npos) << o.example;
    EXPECT_EQ(lost(o), 0u);
}

INSTANTIATE_TEST_SUITE_P(
    Faults,
    WrongReply,
    testing::Values(
        shown{fault::bad_signature, verdict::bad_signature},
        shown{fault::other_key, verdict::bad_cipher},
        shown{fault::names_not_swapped, verdict::not_swapped},
        shown{fault::empty_content, verdict::empty_content},
        shown{fault::other_content, verdict::not_echoed},
        shown{fault::random_content, verdict::not_echoed}
    ),
    [](const auto& info) { return std::string(load::name_of(info.param.v)) + std::to_string(info.index); }
);

TEST(Load, MissingWordsAreSeen)
{
    Peer peer;
    auto p = small(peer);
    p.talk.echo = false;
    p.talk.says = load::parse_script("你好\t你好\n再见\t再见\t保重\n");
    const auto o = run(p);
    EXPECT_GT(count(o, verdict::not_expected), 100u);
    EXPECT_NE(o.example.find("message 2"), o.example.npos) << o.example;
    EXPECT_EQ(o.conversations, 0u);
}

TEST(Load, SilenceIsRightOnlyWhereTheScriptSaysSo)
{
    Peer peer(fault::success, 1);
    auto p = small(peer);
    p.talk.says = load::parse_script("好\t[空]\n");
    EXPECT_EQ(count(run(p), verdict::silent), 0u);

    Peer shy(fault::success, 10);
    const auto o = run(small(shy));
    EXPECT_GE(count(o, verdict::silent), 40u);
    EXPECT_EQ(o.wrong(), 0u);
}

TEST(Load, AFailedMessageIsDeliveredAgain)
{
    for (auto f : {fault::server_error, fault::hang_up}) {
        Peer peer(f, 10);
        const auto o = run(small(peer));
        EXPECT_GE(f == fault::hang_up ? o.closed : o.server_errors, 40u);
        EXPECT_EQ(lost(o), o.closed + o.server_errors);
        EXPECT_GE(o.retried + 8, lost(o));
        EXPECT_EQ(o.wrong(), 0u) << o.example;
        EXPECT_GE(o.messages, 400u);
        EXPECT_GT(o.conversations, 20u);
    }
}

TEST(Load, AServerThatOnlyFailsIsGivenUp)
{
    Peer peer(fault::server_error, 1);
    auto p = small(peer);
    p.messages = 0;
    p.duration = 0.2;
    const auto o = run(p);
    EXPECT_EQ(o.replies, 0u);
    EXPECT_GT(o.abandoned, 0u);
    EXPECT_EQ(o.percentile(99), 0);
}

TEST(Load, SilentConnectionsRunIntoTheTimeLimit)
{
    Peer peer(fault::no_answer, 50);
    const auto o = run(small(peer));
    EXPECT_GE(o.timed_out, 8u);
    EXPECT_EQ(lost(o), o.timed_out);
    EXPECT_GE(o.messages, 400u);
}

TEST(Load, OtherStatusesAreKeptApart)
{
    Peer peer(fault::not_found, 10);
    const auto o = run(small(peer));
    EXPECT_GE(o.other_status, 40u);
    EXPECT_EQ(o.server_errors, 0u);
    EXPECT_NE(o.example.find("404"), o.example.npos);
}

TEST(Load, CopiesMustBeAnsweredAlike)
{
    Peer first, second;
    auto p = small(first);
    p.to.push_back(second.at());
    p.connections = 12;
    p.copies = 3;
    const auto same = run(p);
    EXPECT_GE(same.messages, 400u);
    EXPECT_GE(same.replies, 1200u);
    EXPECT_EQ(same.wrong() + lost(same), 0u) << same.example;

    Peer fickle(fault::random_content, 2);
    p = small(fickle);
    p.copies = 3;
    p.talk.echo = false;
    const auto other = run(p);
    EXPECT_GT(count(other, verdict::differing), 100u);
    EXPECT_EQ(other.wrong(), count(other, verdict::differing));

    Peer shy(fault::success, 2);
    p = small(shy);
    p.copies = 2;
    EXPECT_GT(count(run(p), verdict::differing), 50u);
}

TEST(Load, OpenLoopSendsWhatFallsDue)
{
    Peer peer;
    auto p = small(peer);
    p.messages = 0;
    p.duration = 0.3;
    p.rate = 2000;
    p.poisson = true;
    const auto o = run(p);
    EXPECT_GT(o.due, 300u);
    EXPECT_EQ(o.in_time + o.unsent + o.unanswered, o.due);
    EXPECT_EQ(o.latencies.size(), o.in_time);
    EXPECT_EQ(o.wrong() + lost(o), 0u);
}

// One connection whose every answer is missing: what falls due meanwhile waits, and is given up when overdue.
TEST(Load, OpenLoopGivesUpWhatIsOverdue)
{
    Peer peer(fault::no_answer, 1);
    auto p = small(peer);
    p.connections = 1;
    p.messages = 0;
    p.duration = 0.5;
    p.rate = 1000;
    p.patience = 0.1;
    const auto o = run(p);
    EXPECT_GT(o.unsent, 100u);
    EXPECT_GT(o.timed_out, 0u);
    EXPECT_EQ(o.in_time, 0u);
}

TEST(Load, OpenLoopOpensConnectionsUpToTheLimit)
{
    Peer peer(fault::no_answer, 1);
    auto p = small(peer);
    p.connections = 1;
    p.max_connections = 20;
    p.messages = 0;
    p.duration = 0.3;
    p.rate = 1000;
    EXPECT_EQ(run(p).connections, 20u);
}

TEST(Load, NobodyThereIsAnError)
{
    std::optional<Peer> peer(std::in_place);
    auto p = small(*peer);
    peer.reset();
    EXPECT_THROW(run(p), std::runtime_error);
}

}  // namespace
