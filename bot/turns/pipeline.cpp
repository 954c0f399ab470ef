#include "bot/turns/pipeline.hpp"

#include "bot/base/log.hpp"
#include "bot/turns/unasked.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace bot::turns {
namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

template <class Handler>
class waiter_of final : public waiter {
public:
    explicit waiter_of(Handler handler) : handler_(std::move(handler)) {}

private:
    void resume(bot::result<shared_answer> outcome) override { std::move(handler_)(std::move(outcome)); }
    Handler handler_;
};

// Seeds tried for one turn; each collides with a chance of well below one in a thousand.
constexpr int most_collisions = 8;

std::uint64_t seed_of(const storage::delivery_key& key)
{
    std::uint64_t seed = 0;
    std::memcpy(&seed, key.data(), sizeof seed);
    return seed;
}

bool knows(const dialogs::known& facts, const dialogs::wants& wanted)
{
    return (!wanted.own_cases || facts.own_cases) && (!wanted.own_appointments || facts.own_appointments) &&
           (!wanted.own_services || facts.own_services) && (!wanted.stored || facts.stored) &&
           (wanted.free_slots.empty() || facts.free_slots) && (wanted.invitation.empty() || facts.invitation);
}

std::chrono::milliseconds pause_before(int attempt)
{
    return std::min(20ms * (1 << std::min(attempt, 5)), std::chrono::milliseconds(500));
}

}  // namespace

pipeline::pipeline(
    asio::io_context& io, const dialogs::engine& engine, storage::sql::database& database,
    const storage::keyring& keys, metrics& counters, options chosen
)
    : io_(io),
      engine_(engine),
      keys_(keys),
      options_(chosen),
      counters_(counters),
      count_(counters),
      admission_(chosen.admit),
      watch_(io, count_.timed_out),
      drained_(io, std::chrono::steady_clock::time_point::max()),
      reads_(database, keys, chosen.readers),
      commits_(database, keys, chosen.commit, counters, [this](auto batch) {
          back_on_io([this, batch = std::move(batch)]() mutable { on_batch(batch); });
      })
{
}

pipeline::~pipeline() = default;

template <class F>
void pipeline::back_on_io(F fn)
{
    asio::post(io_, std::move(fn));
}

asio::awaitable<bot::result<shared_answer>> pipeline::take(delivery message)
{
    auto start = [this](auto handler, delivery given) {
        auto who = std::make_shared<waiter_of<decltype(handler)>>(std::move(handler));
        enqueue(std::move(given), std::move(who));
    };
    co_return co_await asio::async_initiate<
        const asio::use_awaitable_t<>, void(bot::result<shared_answer>)>(
        std::move(start), asio::use_awaitable, std::move(message)
    );
}

void pipeline::enqueue(delivery message, std::shared_ptr<waiter> who)
{
    lane& on = lane_of(message.from);
    for (const auto& done : on.recent)
        if (done.key == message.key) {
            count_.repeated_done.add();
            return who->complete(done.reply);
        }
    const auto reply_by = message.reply_by;
    for (auto& earlier : on.queue)
        if (earlier.message.key == message.key) {
            count_.repeated_waiting.add();
            earlier.waiters.push_back(who);
            earlier.give_up = std::max(earlier.give_up, reply_by);
            return watch_.add(std::move(who), reply_by);
        }
    if (!admission_.admits(under_way_)) {
        count_.overloaded.add();
        return who->complete(bot::errc::overloaded);
    }
    ++under_way_;
    count_.waiting.set(static_cast<double>(under_way_));
    on.queue.push_back({std::move(message), {who}, reply_by});
    watch_.add(std::move(who), reply_by);
    if (!on.busy)
        work(on);
}

lane& pipeline::lane_of(const storage::address& where)
{
    auto found = lanes_.find(where);
    if (found == lanes_.end()) {
        found = lanes_.emplace(where, std::make_unique<lane>(where)).first;
        lane& fresh = *found->second;
        fresh.idle_place = idle_.insert(idle_.end(), &fresh);
        evict_idle();
        count_.lanes.set(static_cast<double>(lanes_.size()));
    }
    return *found->second;
}

void pipeline::evict_idle()
{
    // The newest idle lane is the one just asked for.
    while (lanes_.size() > options_.max_lanes && idle_.size() > 1) {
        const storage::address where = idle_.front()->where;
        idle_.pop_front();
        lanes_.erase(where);
    }
}

void pipeline::work(lane& on)
{
    on.busy = true;
    idle_.erase(on.idle_place);
    if (on.current)
        step(on, {});
    else
        read_session(on);
}

void pipeline::read_session(lane& on)
{
    reads_.submit([this, &on, where = on.where, key = on.queue.front().message.key](storage_session* session) {
        bot::result<storage::loaded> read = bot::errc::storage_down;
        if (session != nullptr)
            read = session->journal.load(where, key);
        back_on_io([this, &on, read = std::move(read)]() mutable { on_session(on, std::move(read)); });
    });
}

void pipeline::on_session(lane& on, bot::result<storage::loaded> read)
{
    if (read.has_error())
        return repeat(on, read.error());
    auto before = std::move(read->answered);
    if (auto taken = take_session(on, std::move(*read)); taken.has_error())
        return fail(on, taken.error());
    if (!before)
        return step_again(on);
    count_.repeated_stored.add();
    answer stored;
    stored.at = before->at;
    stored.replies = dialogs::parse_replies(before->replies);
    finish(on, std::make_shared<const answer>(std::move(stored)));
}

// A conflict without a turn of somebody else means that an id or a query code made of the seed is taken: the next
// attempt gets another seed.
void pipeline::step_again(lane& on)
{
    pending& front = on.queue.front();
    if (std::exchange(on.lost_after, -1) == on.current->turn_no && ++front.collisions > most_collisions) {
        log::error("turn.collides", {{"citizen", on.current->who.id.value}});
        return fail(on, bot::errc::storage_failed);
    }
    step(on, {});
}

bot::result<void> pipeline::take_session(lane& on, storage::loaded read)
{
    lane::session now;
    if (read.head) {
        now.who = std::move(read.head->who);
        now.stored = true;
        now.turn_no = read.head->turn_no;
        try {
            if (now.turn_no > 0)
                now.state = dialogs::parse_conversation(read.head->state);
        } catch (const std::invalid_argument&) {
            log::error("turn.state_unreadable", {{"citizen", now.who.id.value}, {"turn", std::int64_t{now.turn_no}}});
            return bot::errc::storage_failed;
        }
    } else {
        // The attempt takes part, so that an id that happens to be taken is not tried again.
        const pending& first = on.queue.front();
        const auto random = seed_of(first.message.key) + static_cast<std::uint64_t>(first.attempts);
        now.who.id.value = time_ordered_id(first.message.received, random);
        now.who.key = keys_.make_data_key();
    }
    on.current = std::move(now);
    return {};
}

void pipeline::step(lane& on, const dialogs::known& facts)
{
    const delivery& message = on.queue.front().message;
    const auto seed = seed_of(message.key) + static_cast<std::uint64_t>(on.queue.front().collisions);
    const dialogs::step_input input{message.what, message.received, seed, facts};
    count_.stepped.add();
    try {
        auto outcome = engine_.step(on.current->state, input);
        if (auto* wanted = std::get_if<dialogs::wants>(&outcome))
            read_facts(on, *wanted, facts);
        else
            commit(on, std::move(std::get<dialogs::stepped>(outcome)));
    } catch (const std::exception& bug) {
        // One message that the engine cannot take must not end the process for everybody.
        log::error("turn.engine_failed", {{"citizen", on.current->who.id.value}, {"fault", bug.what()}});
        fail(on, bot::errc::internal_fault);
    }
}

// One step may ask again with what it has learnt: what was read before stays, and what is read twice over is a bug.
void pipeline::read_facts(lane& on, const dialogs::wants& wanted, dialogs::known so_far)
{
    if (knows(so_far, wanted)) {
        log::error("turn.wants_the_same", {{"citizen", on.current->who.id.value}});
        return fail(on, bot::errc::internal_fault);
    }
    const auto who = on.current->who.id;
    const auto now = on.queue.front().message.received;
    reads_.submit([this, &on, wanted, who, now, so_far = std::move(so_far)](storage_session* session) {
        bot::result<dialogs::known> facts = bot::errc::storage_down;
        if (session != nullptr)
            facts = session->facts.read(who, wanted, now, so_far);
        back_on_io([this, &on, facts = std::move(facts)] {
            if (facts.has_error())
                repeat(on, facts.error());
            else
                step(on, *facts);
        });
    });
}

void pipeline::commit(lane& on, dialogs::stepped done)
{
    const delivery& message = on.queue.front().message;
    const lane::session& session = *on.current;

    group_commit::entry entry;
    entry.owner = &on;
    storage::turn_append& row = entry.turn;
    row.who = session.who;
    if (!session.stored)
        row.first_seen = on.where;
    row.turn_no = session.turn_no + 1;
    row.key = message.key;
    row.at = message.received;
    add_unasked_effects(message.what, message.received, done.out);
    row.inbound = dialogs::serialise(message.what);
    row.replies = dialogs::serialise(done.out.replies);
    row.state = dialogs::serialise(done.after);
    row.effects = std::move(done.out.effects);

    answer reply;
    reply.at = message.received;
    reply.replies = std::move(done.out.replies);
    on.answering = std::make_shared<const answer>(std::move(reply));
    on.stepped = std::move(done.after);
    commits_.submit(std::move(entry));
}

void pipeline::on_batch(const group_commit::finished& batch)
{
    for (std::size_t i = 0; i < batch.outcomes.size(); ++i) {
        const auto& [owner, outcome] = batch.outcomes[i];
        if (outcome.has_value() && *outcome == storage::append_outcome::stored)
            tell_alerts(batch.turns[i]);
        on_outcome(*static_cast<lane*>(owner), outcome);
    }
}

// For whoever watches the log and the metrics; the row in the database is the record.
void pipeline::tell_alerts(const storage::turn_append& turn)
{
    for (const auto& effect : turn.effects)
        if (const auto* alert = std::get_if<dialogs::crisis_alert>(&effect)) {
            counters_.counter("hejie_crisis_alerts_total", "crisis alerts by level", {{"level", alert->level}}).add();
            log::warn(
                "crisis.alert",
                {{"citizen", turn.who.id.value}, {"turn", std::int64_t{turn.turn_no}}, {"level", alert->level}}
            );
        }
}

void pipeline::on_outcome(lane& on, bot::result<storage::append_outcome> outcome)
{
    const auto reply = std::exchange(on.answering, nullptr);
    auto after = std::exchange(on.stepped, std::nullopt);
    if (outcome.has_error()) {
        on.current.reset();  // whether it was written is not known: believe the journal
        return repeat(on, outcome.error());
    }
    if (*outcome == storage::append_outcome::conflict) {
        count_.conflicts.add();
        ++on.queue.front().attempts;
        on.lost_after = on.current->turn_no;
        on.current.reset();
        return read_session(on);
    }
    count_.committed.add();
    on.current->stored = true;
    on.current->turn_no += 1;
    on.current->state = std::move(*after);
    finish(on, reply);
}

void pipeline::repeat(lane& on, boost::system::error_code why)
{
    pending& front = on.queue.front();
    const auto now = std::chrono::steady_clock::now();
    const bool worth = why == bot::errc::storage_down && now < front.give_up;
    if (!worth)
        return fail(on, why);
    auto timer = std::make_shared<asio::steady_timer>(io_, pause_before(front.attempts++));
    timer->async_wait([this, &on, timer](boost::system::error_code) { read_session(on); });
}

void pipeline::finish(lane& on, const shared_answer& reply)
{
    pending& front = on.queue.front();
    on.recent.push_back({front.message.key, reply});
    if (on.recent.size() > recent_answers)
        on.recent.pop_front();
    const auto now = std::chrono::steady_clock::now();
    count_.seconds.observe(std::chrono::duration<double>(now - front.message.arrived).count());
    admission_.ended(front.message.arrived, now);
    auto waiters = std::move(front.waiters);
    next(on);
    for (auto& who : waiters)
        who->complete(reply);
}

void pipeline::fail(lane& on, boost::system::error_code why)
{
    count_.failed.add();
    log::warn("turn.given_up", {{"reason", error_name(why)}});
    auto waiters = std::move(on.queue.front().waiters);
    next(on);
    for (auto& who : waiters)
        who->complete(why);
}

void pipeline::next(lane& on)
{
    on.queue.pop_front();
    --under_way_;
    count_.waiting.set(static_cast<double>(under_way_));
    on.idle_place = idle_.insert(idle_.end(), &on);
    on.busy = false;
    if (!on.queue.empty())
        work(on);
    else if (under_way_ == 0)
        drained_.cancel();
}

asio::awaitable<void> pipeline::drain()
{
    while (under_way_ > 0) {
        boost::system::error_code cancelled;
        co_await drained_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
}

}  // namespace bot::turns
