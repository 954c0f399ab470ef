// The model's endpoint misbehaves in every way we know of; the citizen's staff gets a reason and no draft, in time.
#include "bot/phrasing/drafting.hpp"
#include "dialogs/data.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <httplib.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace {

using namespace bot::phrasing;
using namespace std::chrono_literals;

// A real HTTP server on a free port of the loopback.
class fake_model {
public:
    explicit fake_model(std::function<void(const httplib::Request&, httplib::Response&)> answer)
    {
        server_.Post("/v1/chat/completions", [this, answer](const httplib::Request& asked, httplib::Response& response) {
            ++calls;
            heard = asked.body;
            answer(asked, response);
        });
        port_ = server_.bind_to_any_port("127.0.0.1");
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        while (!server_.is_running())
            std::this_thread::yield();
    }
    ~fake_model()
    {
        {
            const std::lock_guard lock(mutex_);
            over_ = true;
        }
        ended_.notify_all();
        server_.stop();
        thread_.join();
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

    std::atomic<int> calls{0};
    std::string heard;

    // The pace of a slow answer; ends with the server. False: it has ended.
    bool dawdle(std::chrono::milliseconds time)
    {
        std::unique_lock lock(mutex_);
        return !ended_.wait_for(lock, time, [this] { return over_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable ended_;
    bool over_ = false;
    httplib::Server server_;
    int port_ = 0;
    std::thread thread_;
};

std::string completion(const std::string& content, const std::string& finish = "stop")
{
    namespace json = boost::json;
    return json::serialize(json::object{
        {"choices", json::array{json::object{{"finish_reason", finish},
                                             {"message", json::object{{"content", content}, {"reasoning_content", "想"}}}}}},
        {"usage", json::object{{"total_tokens", 100}}}});
}

const std::string good = R"({"summary":"工资要按时发。","citations":[{"id":1,"quote":"及时足额支付报酬"}]})";

const dialogs::safety_screen& screen()
{
    static const auto made = [] {
        for (const auto& file : dialogs_data())
            if (file.path == "lexicon/safety.yaml")
                return dialogs::safety_screen(file.path, file.content);
        throw std::logic_error("no safety table");
    }();
    return made;
}

endpoint_settings settings_of(const fake_model& model)
{
    return {.base_url = model.url(), .key = "k", .model = "m", .deadline = 400ms};
}

struct asked {
    endpoint model;
    dialogs::phrasing_table table = dialogs::embedded_phrasing();
    endpoint::clock::time_point now{};
    std::int64_t day = 20'000;
    explicit asked(endpoint_settings settings) : model(std::move(settings)) {}
    drafted about(std::string_view question)
    {
        const std::vector<std::string> names{"陈小明"};
        const std::vector<dialogs::found_article> articles{
            {.id = "1", .law = "甲法", .article = "第三十条", .text = "应当及时足额支付报酬。"}};
        return drafting(table, screen(), model).draft(question, names, articles, now, day);
    }
};

TEST(endpoint, a_good_answer_becomes_a_draft_and_hears_no_name)
{
    fake_model model([](const auto&, auto& r) { r.set_content(completion(good), "application/json"); });
    asked one(settings_of(model));
    const auto made = one.about("陈小明欠我工资，我电话13812345678");
    EXPECT_NE(made.text.find("工资要按时发"), std::string::npos) << made.reason;
    EXPECT_EQ(model.heard.find("陈小明"), std::string::npos);
    EXPECT_EQ(model.heard.find("13812345678"), std::string::npos);
}

TEST(endpoint, words_of_danger_never_reach_it)
{
    fake_model model([](const auto&, auto& r) { r.set_content(completion(good), "application/json"); });
    asked one(settings_of(model));
    EXPECT_EQ(one.about("老板不发工资，我不想活了").reason, "danger");
    EXPECT_EQ(one.about("天天睡不着，快崩溃了").reason, "danger");
    EXPECT_EQ(model.calls, 0);
}

TEST(endpoint, a_byte_now_and_then_ends_at_the_deadline)
{
    fake_model* self = nullptr;
    fake_model model([&self](const auto&, auto& r) {
        r.set_chunked_content_provider("application/json", [&self](std::size_t, httplib::DataSink& sink) {
            return self->dawdle(20ms) && sink.write(" ", 1);
        });
    });
    self = &model;
    asked one(settings_of(model));
    EXPECT_EQ(one.about("老板欠薪怎么办").reason, "timed_out");
}

TEST(endpoint, silence_ends_at_the_deadline)
{
    fake_model* self = nullptr;
    fake_model model([&self](const auto&, auto& r) {
        self->dawdle(10s);
        r.status = 200;
    });
    self = &model;
    asked one(settings_of(model));
    EXPECT_EQ(one.about("老板欠薪怎么办").reason, "timed_out");
}

TEST(endpoint, what_is_no_answer_is_named)
{
    const std::pair<std::string, std::string> rows[] = {
        {"{broken", "bad_message"},
        {"[]", "bad_message"},
        {"{}", "bad_message"},
        {completion(good, "length"), "bad_message"},
        {completion(good, "content_filter"), "bad_message"},
        {completion("按时发就行"), "unreadable"},
        {completion(R"({"summary":"见第九十九条。","citations":[{"id":1,"quote":"及时足额支付报酬"}]})"), "other_article"},
        {completion(R"({"summary":"按时发。","citations":[{"id":1,"quote":"拖三个月也行的哦"}]})"), "no_citation"},
        {completion(R"({"summary":"陈小明要按时发。","citations":[{"id":1,"quote":"及时足额支付报酬"}]})"), "leak"},
        {std::string(300 * 1024, ' '), "bad_message"}};
    for (const auto& [body, reason] : rows) {
        fake_model model([&body](const auto&, auto& r) { r.set_content(body, "application/json"); });
        asked one(settings_of(model));
        EXPECT_EQ(one.about("陈小明欠我工资").reason, reason) << body.substr(0, 80);
    }
}

TEST(endpoint, too_many_requests_are_waited_out)
{
    fake_model model([](const auto&, auto& r) {
        r.status = 429;
        r.set_header("Retry-After", "60");
    });
    asked one(settings_of(model));
    EXPECT_EQ(one.about("老板欠薪").reason, "overloaded");
    one.now += 59s;
    EXPECT_EQ(one.about("老板欠薪").reason, "overloaded");
    EXPECT_EQ(model.calls, 1);
    one.now += 2s;
    one.about("老板欠薪");
    EXPECT_EQ(model.calls, 2);
}

TEST(endpoint, rests_after_failures_and_comes_back)
{
    fake_model model([](const auto&, auto& r) { r.status = 500; });
    asked one(settings_of(model));
    for (int i = 0; i < 8; ++i)
        one.about("老板欠薪");
    EXPECT_EQ(model.calls, 5);
    one.now += 31s;
    one.about("老板欠薪");
    EXPECT_EQ(model.calls, 6);
}

TEST(endpoint, stops_when_the_days_tokens_are_used)
{
    fake_model model([](const auto&, auto& r) { r.set_content(completion(good), "application/json"); });
    auto settings = settings_of(model);
    settings.tokens_a_day = 150;
    asked one(settings);
    EXPECT_TRUE(one.about("老板欠薪").reason.empty());
    EXPECT_TRUE(one.about("老板欠薪").reason.empty());
    EXPECT_EQ(one.about("老板欠薪").reason, "overloaded");
    ++one.day;
    EXPECT_TRUE(one.about("老板欠薪").reason.empty());
}

TEST(endpoint, nobody_there_and_bad_addresses)
{
    std::string url;
    {
        fake_model gone([](const auto&, auto&) {});
        url = gone.url();
    }
    asked one({.base_url = url, .model = "m", .deadline = 400ms});
    EXPECT_EQ(one.about("老板欠薪").reason, "not_found");
    EXPECT_THROW(endpoint({.base_url = "ftp://example.org"}), std::invalid_argument);
    EXPECT_THROW(endpoint({.base_url = ""}), std::invalid_argument);
}

}  // namespace
