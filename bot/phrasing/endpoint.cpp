#include "bot/phrasing/endpoint.hpp"

#include <boost/json.hpp>
#include <boost/url.hpp>
#include <httplib.h>

#include <charconv>
#include <condition_variable>
#include <stdexcept>
#include <thread>

namespace bot::phrasing {

namespace {

namespace json = boost::json;

constexpr std::size_t largest_answer = 256 * 1024;
constexpr auto connect_time = std::chrono::seconds(1);
constexpr double temperature = 0.2;
constexpr int most_tokens = 900;
constexpr auto longest_wait = std::chrono::hours(1);

// Stops the client when the time is over; the read time-out alone begins anew with every byte.
class alarm_clock {
public:
    alarm_clock(httplib::Client& client, std::chrono::milliseconds after)
        : thread_([this, &client, after] {
              std::unique_lock lock(mutex_);
              if (!done_.wait_for(lock, after, [this] { return over_; })) {
                  rang_ = true;
                  client.stop();
              }
          })
    {
    }
    ~alarm_clock()
    {
        {
            const std::lock_guard lock(mutex_);
            over_ = true;
        }
        done_.notify_one();
        thread_.join();
    }
    bool rang()
    {
        const std::lock_guard lock(mutex_);
        return rang_;
    }

private:
    std::mutex mutex_;
    std::condition_variable done_;
    bool over_ = false, rang_ = false;
    std::thread thread_;
};

std::string request_body(const endpoint_settings& settings, std::string_view system, std::string_view question)
{
    return json::serialize(json::object{
        {"model", settings.model},
        {"temperature", temperature},
        {"max_tokens", most_tokens},
        {"stream", false},
        {"response_format", {{"type", "json_object"}}},
        {"messages", json::array{json::object{{"role", "system"}, {"content", system}},
                                 json::object{{"role", "user"}, {"content", question}}}},
    });
}

std::chrono::milliseconds wait_asked(const httplib::Response& response)
{
    const auto written = response.get_header_value("Retry-After");
    long seconds = 0;
    const auto read = std::from_chars(written.data(), written.data() + written.size(), seconds);
    if (read.ec != std::errc{} || seconds < 0)
        return std::chrono::milliseconds(0);
    return std::min<std::chrono::milliseconds>(std::chrono::seconds(seconds), longest_wait);
}

std::int64_t tokens_of(const json::object& answer, std::size_t bytes)
{
    const auto* usage = answer.if_contains("usage");
    const auto* total = usage && usage->is_object() ? usage->as_object().if_contains("total_tokens") : nullptr;
    return total && total->is_int64() ? total->as_int64() : static_cast<std::int64_t>(bytes / 2);
}

bot::result<std::string> message_of(const json::value& answer)
{
    boost::system::error_code missing;
    const auto* finish = answer.find_pointer("/choices/0/finish_reason", missing);
    const bool whole = !finish || !finish->is_string() || finish->as_string() == "stop";
    const auto* content = answer.find_pointer("/choices/0/message/content", missing);
    if (!whole || !content || !content->is_string())
        return bot::errc::bad_message;
    return std::string(content->as_string());
}

}  // namespace

endpoint::endpoint(endpoint_settings settings) : settings_(std::move(settings))
{
    const auto url = boost::urls::parse_uri(settings_.base_url);
    if (url.has_error() || (url->scheme() != "http" && url->scheme() != "https"))
        throw std::invalid_argument("phrasing.base_url: expected http://… or https://…");
    origin_ = std::string(url->scheme()) + "://" + std::string(url->encoded_host_and_port());
    path_ = std::string(url->encoded_path());
    while (path_.ends_with('/'))
        path_.pop_back();
    path_ += path_.ends_with("/v1") || path_.ends_with("/v2") || path_.ends_with("/v4") ? "/chat/completions" : "/v1/chat/completions";
}

bot::result<std::string> endpoint::ask(
    std::string_view system, std::string_view question, clock::time_point now, std::int64_t day
)
{
    const std::unique_lock only(one_, std::try_to_lock);
    if (!only || !may_call(now, day))
        return bot::errc::overloaded;
    auto done = call(request_body(settings_, system, question));
    note(done, now);
    return std::move(done.message);
}

bool endpoint::may_call(clock::time_point now, std::int64_t day)
{
    const std::lock_guard lock(state_);
    if (day != day_) {
        day_ = day;
        used_ = 0;
    }
    return now >= resting_until_ && used_ < settings_.tokens_a_day;
}

void endpoint::note(const call_result& done, clock::time_point now)
{
    const std::lock_guard lock(state_);
    used_ += done.tokens;
    if (done.message.has_value()) {
        failures_ = 0;
        return;
    }
    if (done.wait.count() > 0)
        resting_until_ = now + done.wait;
    if (++failures_ >= settings_.failures_until_rest) {
        failures_ = 0;
        resting_until_ = std::max(resting_until_, now + settings_.rest);
    }
}

endpoint::call_result endpoint::call(std::string_view body) const
{
    httplib::Client client(origin_);
    client.set_connection_timeout(connect_time);
    client.set_read_timeout(settings_.deadline);
    client.set_write_timeout(settings_.deadline);
    client.set_follow_location(false);
    if (!settings_.key.empty())
        client.set_bearer_token_auth(settings_.key);
    std::string answer;
    bool too_large = false;
    alarm_clock alarm(client, settings_.deadline);
    httplib::Request request;
    request.method = "POST";
    request.path = path_;
    request.body = body;
    request.set_header("Content-Type", "application/json");
    request.content_receiver = [&](const char* data, std::size_t size, std::uint64_t, std::uint64_t) {
        too_large = answer.size() + size > largest_answer;
        if (!too_large)
            answer.append(data, size);
        return !too_large;
    };
    const auto response = client.send(request);
    if (alarm.rang())
        return {bot::errc::timed_out, 0, {}};
    if (too_large)
        return {bot::errc::bad_message, 0, {}};
    if (!response)
        return {response.error() == httplib::Error::Read ? bot::errc::timed_out : bot::errc::not_found, 0, {}};
    if (response->status == 429 || response->status == 503)
        return {bot::errc::overloaded, 0, wait_asked(*response)};
    if (response->status != 200)
        return {bot::errc::bad_message, 0, {}};
    boost::system::error_code failed;
    const auto value = json::parse(answer, failed);
    if (failed || !value.is_object())
        return {bot::errc::bad_message, 0, {}};
    return {message_of(value), tokens_of(value.as_object(), answer.size()), {}};
}

}  // namespace bot::phrasing
