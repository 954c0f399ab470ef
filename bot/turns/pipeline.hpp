#pragma once
// The turn pipeline: from a delivery to a committed turn.
// DESIGN. Everything here runs on the I/O thread and never blocks. A delivery goes into its citizen's lane; a lane works
// on one message at a time: read the session (only when it is not in memory), step the engine, hand the turn to the
// group commit, answer everybody who waits for this message, next. Reads and commits happen on storage threads that
// post their outcome back. A conflict (another replica was quicker) drops the session and reads again: the turn is
// either found answered or stepped anew. A failure is repeated with growing pauses while somebody waits. A waiter whose
// time is over is answered timed_out; the turn may still be committed, and the platform's retry then finds it.

#include "bot/base/clock.hpp"
#include "bot/base/metrics.hpp"
#include "bot/turns/admission.hpp"
#include "bot/turns/group_commit.hpp"
#include "bot/turns/lane.hpp"
#include "bot/turns/read_threads.hpp"
#include "bot/turns/reply_watch.hpp"
#include "dialogs/engine/engine.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cstddef>
#include <unordered_map>

namespace bot::turns {

class pipeline {
public:
    struct options {
        unsigned readers = 2;
        group_commit::options commit;
        std::size_t max_lanes = 100'000;   // sessions kept in memory; the longest idle one goes first
        admission::options admit;          // deliveries under way; above: overloaded
    };

    // All references must outlive the pipeline. Destroy it only after drain(), or after the io_context has ended.
    pipeline(
        boost::asio::io_context& io, const dialogs::engine& engine, storage::sql::database& database,
        const storage::keyring& keys, metrics& counters, options chosen
    );
    ~pipeline();
    pipeline(const pipeline&) = delete;

    // The committed turn of this delivery. Errors: timed_out (at reply_by), overloaded, storage_down, storage_failed,
    // bad_key. On the I/O thread only.
    boost::asio::awaitable<bot::result<shared_answer>> take(delivery message);

    // Completes when nothing is under way. New deliveries are still taken; stop their source first.
    boost::asio::awaitable<void> drain();

private:
    struct counters_of {
        explicit counters_of(metrics& all);
        counter &stepped, &committed, &conflicts, &repeated_done, &repeated_waiting, &repeated_stored, &timed_out,
            &overloaded, &failed;
        gauge &lanes, &waiting;
        histogram& seconds;
    };

    void enqueue(delivery message, std::shared_ptr<waiter> who);
    lane& lane_of(const storage::address& where);
    void evict_idle();

    void work(lane& on);
    void read_session(lane& on);
    void on_session(lane& on, bot::result<storage::loaded> read);
    bot::result<void> take_session(lane& on, storage::loaded read);
    void step_again(lane& on);
    void step(lane& on, const dialogs::known& facts);
    void read_facts(lane& on, const dialogs::wants& wanted, dialogs::known so_far);
    void commit(lane& on, dialogs::stepped done);
    void on_batch(const group_commit::finished& batch);
    void tell_alerts(const storage::turn_append& turn);
    void on_outcome(lane& on, bot::result<storage::append_outcome> outcome);
    void repeat(lane& on, boost::system::error_code why);
    void finish(lane& on, const shared_answer& reply);
    void fail(lane& on, boost::system::error_code why);
    void next(lane& on);

    // Posts fn to the I/O thread.
    template <class F>
    void back_on_io(F fn);

    boost::asio::io_context& io_;
    const dialogs::engine& engine_;
    const storage::keyring& keys_;
    const options options_;
    metrics& counters_;
    counters_of count_;

    struct address_hash {
        std::size_t operator()(const storage::address& a) const noexcept
        {
            return std::hash<std::string>{}(a.person) ^ (std::hash<std::string>{}(a.account) << 1);
        }
    };
    std::unordered_map<storage::address, std::unique_ptr<lane>, address_hash> lanes_;
    std::list<lane*> idle_;  // longest idle first
    std::size_t under_way_ = 0;
    admission admission_;

    reply_watch watch_;
    boost::asio::steady_timer drained_;

    read_threads reads_;
    group_commit commits_;
};

}  // namespace bot::turns
