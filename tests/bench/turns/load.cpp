#include "tests/bench/turns/load.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace load {

namespace {

constexpr nanoseconds second = 1'000'000'000;
constexpr nanoseconds sweep_every = second / 20;  // time-outs and failed handshakes are looked for
constexpr nanoseconds retry_after = second;
constexpr nanoseconds in_time = 4'500'000'000;  // a reply later than this counts as failed
constexpr unsigned deliveries_at_most = 4;      // the first and three repetitions

nanoseconds as_ns(double seconds)
{
    return static_cast<nanoseconds>(seconds * 1e9);
}

}  // namespace

std::uint64_t outcome::wrong() const
{
    return std::accumulate(verdicts.begin() + 2, verdicts.end(), std::uint64_t{0});
}

double outcome::percentile(double p) const
{
    if (latencies.empty()) return 0;
    const auto rank = static_cast<std::size_t>(p / 100 * static_cast<double>(latencies.size()));
    return static_cast<double>(latencies[std::min(rank, latencies.size() - 1)]);
}

load_run::load_run(plan p)
    : plan_(std::move(p)),
      citizens_(plan_.talk),
      connections_(plan_.to, *this),
      random_(std::random_device{}())
{
    if (plan_.copies == 0 || plan_.connections < plan_.copies || plan_.connections < plan_.to.size())
        throw std::runtime_error("fewer connections than copies of a message, or than servers");
    plan_.max_connections = std::max(plan_.max_connections, plan_.connections);
    if (plan_.citizens == 0) plan_.citizens = plan_.rate > 0 ? 1024 : plan_.connections / plan_.copies;
    if (plan_.rate > 0) gap_ = 1e9 / plan_.rate;
}

void load_run::open_connections()
{
    connections_.add(plan_.connections / plan_.to.size());
    const auto give_up = now() + as_ns(plan_.time_limit);
    auto open = [&] {
        std::size_t free = 0;
        for (std::size_t to = 0; to < plan_.to.size(); ++to) free += connections_.free(to);
        return free == connections_.size();
    };
    for (auto sweep = now() + sweep_every; !open(); connections_.poll(second / 1000)) {
        if (now() > give_up) throw std::runtime_error("no connection to " + plan_.to.front().host);
        if (now() > sweep) {
            connections_.expire(as_ns(plan_.time_limit));
            sweep = now() + sweep_every;
        }
    }
}

outcome load_run::run()
{
    open_connections();
    for (std::size_t i = 0; i < plan_.citizens; ++i) idle_.push_back(citizens_.add());
    auto at = now();
    next_arrival_ = at;
    phase_ends_ = at + as_ns(plan_.warmup);
    while (phase_ != phase::done) {
        turn_phase(at);
        if (plan_.rate > 0) arrive(at);
        wake_retries(at);
        dispatch();
        if (at >= next_sweep_) {
            connections_.expire(as_ns(plan_.time_limit));
            next_sweep_ = at + sweep_every;
        }
        connections_.poll(std::max<nanoseconds>(next_event(now()), 0));
        at = now();
    }
    out_.citizens = citizens_.size();
    out_.connections = connections_.size();
    out_.unanswered = speaking_;
    out_.connect_failed = connections_.refused() - refused_before_;
    std::ranges::sort(out_.latencies);
    return std::move(out_);
}

void load_run::turn_phase(nanoseconds at)
{
    const bool enough = plan_.messages != 0 && out_.messages >= plan_.messages;
    const bool drained = phase_ == phase::draining && speaking_ == 0;
    if (phase_ == phase::warming && at >= phase_ends_)
        start_measuring(at);
    else if (phase_ == phase::measuring && (enough || at >= phase_ends_))
        stop_measuring(at);
    else if (phase_ == phase::draining && (drained || at >= phase_ends_))
        phase_ = phase::done;
}

void load_run::start_measuring(nanoseconds at)
{
    phase_ = phase::measuring;
    const auto verdicts = out_.verdicts;
    outcome fresh;
    fresh.verdicts = verdicts;
    fresh.conversations = out_.conversations;
    fresh.example = std::move(out_.example);
    out_ = std::move(fresh);
    refused_before_ = connections_.refused();
    measured_from_ = at;
    phase_ends_ = at + (plan_.messages != 0 ? 3600 * second : as_ns(plan_.duration));
    cpu_before_ = read_cpu(plan_.watched);
}

void load_run::stop_measuring(nanoseconds at)
{
    phase_ = phase::draining;
    phase_ends_ = at + as_ns(plan_.time_limit) + second;
    const auto cpu = read_cpu(plan_.watched);
    out_.seconds = static_cast<double>(cpu.at - cpu_before_.at) * 1e-9;
    out_.cpu_own = cpu.own - cpu_before_.own;
    out_.cpu_others = cpu.machine - cpu_before_.machine - out_.cpu_own;
    for (std::size_t i = 0; i < cpu.watched.size(); ++i) {
        out_.cpu_watched.push_back(cpu.watched[i] - cpu_before_.watched[i]);
        out_.cpu_others -= out_.cpu_watched.back();
        out_.memory_watched.push_back(read_memory(plan_.watched[i]));
    }
}

// What falls due after the measurement is not sent; what fell due in it still is.
void load_run::arrive(nanoseconds at)
{
    std::exponential_distribution<double> random_gap(1);
    for (; next_arrival_ <= at && phase_ <= phase::measuring;) {
        due_.push_back(next_arrival_);
        if (phase_ == phase::measuring) ++out_.due;
        next_arrival_ += static_cast<nanoseconds>(plan_.poisson ? gap_ * random_gap(random_) : gap_);
    }
    drop_overdue(at);
}

void load_run::drop_overdue(nanoseconds at)
{
    for (const auto oldest = at - as_ns(plan_.patience); !due_.empty() && due_.front() < oldest;
         due_.pop_front())
        ++out_.unsent;
}

void load_run::wake_retries(nanoseconds at)
{
    while (!retries_.empty() && retries_.front().first <= at && connections_free()) {
        const auto who = retries_.front().second;
        retries_.pop_front();
        deliver(who, citizens_[who].intended);
    }
}

bool load_run::connections_free()
{
    const auto each = (plan_.copies + plan_.to.size() - 1) / plan_.to.size();
    bool all = true;
    for (std::size_t to = 0; to < plan_.to.size(); ++to) all = all && connections_.free(to) >= each;
    return all;
}

void load_run::dispatch()
{
    if (plan_.rate <= 0) {
        while (phase_ <= phase::measuring && !idle_.empty() && connections_free())
            deliver(pick_citizen(), now());
        return;
    }
    while (!due_.empty() && connections_free()) {
        const auto intended = due_.front();
        due_.pop_front();
        deliver(pick_citizen(), intended);
    }
    const auto room = (plan_.max_connections - connections_.size()) / plan_.to.size();
    if (!due_.empty() && room > 0 && !connections_.opening()) connections_.add(std::min(due_.size(), room));
}

std::uint32_t load_run::pick_citizen()
{
    if (idle_.empty()) return citizens_.add();
    const auto at = random_() % idle_.size();
    std::swap(idle_[at], idle_.back());
    const auto who = idle_.back();
    idle_.pop_back();
    return who;
}

void load_run::deliver(std::uint32_t who, nanoseconds intended)
{
    auto& c = citizens_[who];
    c.intended = intended;
    c.answered = c.silent = c.wrong = false;
    c.open_copies = plan_.copies;
    if (c.attempts++ > 0) ++out_.retried;
    ++speaking_;
    for (unsigned copy = 0; copy < plan_.copies; ++copy) {
        const auto to = (c.number + copy) % plan_.to.size();
        std::uint32_t handle = 0;
        auto& request = connections_.begin(to, {who, copy}, handle);
        citizens_.write_request(who, plan_.to[to].host, plan_.to[to].path, request);
        connections_.send(handle);
    }
}

void load_run::answered(ticket of, int status, std::string_view body)
{
    const auto at = now();
    auto& c = citizens_[of.citizen];
    if (status != 200) {
        ++(status >= 500 ? out_.server_errors : out_.other_status);
        if (status < 500 && out_.example.empty())
            out_.example = "status " + std::to_string(status) + " for \"" + c.said + "\"";
        return copy_done(of.citizen);
    }
    const auto found = citizens_.judge(of.citizen, body, out_.example);
    ++out_.verdicts[static_cast<std::size_t>(found)];
    if (found == verdict::good) {
        c.answered = true;
        count_latency(c, at);
    } else if (found == verdict::silent) {
        c.silent = true;
    } else {
        c.wrong = true;
    }
    copy_done(of.citizen);
}

// Open loop: a message belongs to the time in which it fell due, and its late reply must be seen.
bool load_run::is_measured(const citizen& c) const
{
    if (plan_.rate > 0) return phase_ != phase::warming && c.intended >= measured_from_;
    return phase_ == phase::measuring;
}

void load_run::count_latency(const citizen& c, nanoseconds at)
{
    if (phase_ == phase::measuring) ++out_.replies;
    if (is_measured(c))
        out_.latencies.push_back(static_cast<float>(static_cast<double>(at - c.intended) * 1e-6));
}

void load_run::failed(ticket of, failure why)
{
    switch (why) {
        case failure::closed:
            ++out_.closed;
            break;
        case failure::timed_out:
            ++out_.timed_out;
            break;
        case failure::broken_answer:
            ++out_.broken;
            break;
    }
    copy_done(of.citizen);
}

void load_run::copy_done(std::uint32_t who)
{
    if (--citizens_[who].open_copies == 0) message_done(who);
    dispatch();
}

// A message that failed is kept and delivered again as it was, since the server may have taken it; whoever
// got a wrong answer or none at all has lost the thread, and is succeeded by a new citizen.
void load_run::message_done(std::uint32_t who)
{
    auto& c = citizens_[who];
    --speaking_;
    if (c.answered && phase_ == phase::measuring) ++out_.messages;
    if (c.answered && is_measured(c) && now() - c.intended <= in_time) ++out_.in_time;
    if (c.wrong || (c.silent && !c.answered)) {
        citizens_.renew(who);
    } else if (c.answered) {
        out_.conversations += citizens_.advance(who) ? 1 : 0;
    } else if (c.attempts >= deliveries_at_most) {
        ++out_.abandoned;
        citizens_.renew(who);
    } else if (plan_.retry && phase_ != phase::draining) {
        retries_.emplace_back(now() + retry_after, who);
        return;
    }
    idle_.push_back(who);
}

nanoseconds load_run::next_event(nanoseconds at) const
{
    auto next = std::min(next_sweep_, phase_ends_);
    if (plan_.rate > 0 && phase_ <= phase::measuring) next = std::min(next, next_arrival_);
    if (!retries_.empty()) next = std::min(next, retries_.front().first);
    if (plan_.messages != 0 && phase_ == phase::measuring) next = std::min(next, at + second / 1000);
    return next - at;
}

}  // namespace load
