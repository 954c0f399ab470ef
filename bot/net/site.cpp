#include "bot/net/session.hpp"

#include "bot/base/log.hpp"
#include "bot/net/response_text.hpp"

#include <exception>
#include <random>

namespace bot::net {
namespace {

std::uint64_t random_seed()
{
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
}

}  // namespace

site::site(server_options with, http_handler by, metrics& registry)
    : options(std::move(with)), handler(std::move(by)), counts(registry), id_state_(random_seed())
{
}

// SplitMix64 from a random start: no id comes twice, and replicas do not share any by more than chance. Ids
// join log lines and keep no secret.
std::string site::next_request_id()
{
    std::uint64_t z = id_state_ += 0x9E37'79B9'7F4A'7C15;
    z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9;
    z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EB;
    z ^= z >> 31;
    std::string id(16, '0');
    for (char& c : id) {
        c = "0123456789abcdef"[z & 15];
        z >>= 4;
    }
    return id;
}

std::string_view site::date()
{
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (now != date_at_ || date_text_.empty()) {
        date_at_ = now;
        date_text_ = http_date(now);
    }
    return date_text_;
}

session::session(std::shared_ptr<site> home, std::string peer)
    : home_(std::move(home)),
      peer_(std::move(peer)),
      place_(home_->sessions.insert(home_->sessions.end(), this))
{
    ++home_->per_address[peer_];
    home_->counts.open_connections.add(1);
}

session::~session()
{
    home_->counts.open_connections.add(-1);
    home_->sessions.erase(place_);
    const auto count = home_->per_address.find(peer_);
    if (--count->second == 0) home_->per_address.erase(count);
}

void session::enter(phase next, time_point now, std::chrono::milliseconds limit)
{
    phase_ = next;
    timed_out_ = false;
    deadline_ = now + limit;
}

void session::enter_handling()
{
    phase_ = phase::handling;
    timed_out_ = false;
    deadline_ = time_point::max();  // the handler keeps its own deadline
}

void session::enforce_deadline(time_point now)
{
    if (now < deadline_) return;
    timed_out_ = true;
    cancel();
}

void session::stop_if_idle()
{
    if (phase_ == phase::idle) cancel();
}

http_response session::failed(std::string_view request_id) const
{
    home_->counts.handler_failures.add();
    std::string what = "the response cannot be written";
    if (const auto thrown = std::current_exception()) {
        try {
            std::rethrow_exception(thrown);
        } catch (const std::exception& e) {
            what = e.what();
        } catch (...) {
            what = "not a std::exception";
        }
    }
    log::error("http_handler_failed", {{"request_id", request_id}, {"what", std::string_view(what)}});
    http_response response;
    response.status = 500;
    response.route = "failed";
    return response;
}

void session::record(const http_response& response, const std::string& request_id, time_point now) const
{
    const auto took = now - received_;
    home_->counts.answered(response.route, response.status, took);
    if (home_->options.access_log)
        log::info(
            "http",
            {{"request_id", std::string_view(request_id)},
             {"route", response.route},
             {"status", std::int64_t{response.status}},
             {"us", std::int64_t{std::chrono::duration_cast<std::chrono::microseconds>(took).count()}}}
        );
}

}  // namespace bot::net
