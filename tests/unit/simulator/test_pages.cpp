// The page's endpoints, as the page calls them.

#include "bot/simulator/pages.hpp"
#include "tests/unit/simulator/webhook_server.hpp"
#include "web/pages.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>

#include <algorithm>

namespace {

using namespace std::chrono_literals;
namespace json = boost::json;
namespace simulator = bot::simulator;
using bot::net::http_request;
using bot::net::http_response;

constexpr auto somebody = "people/oDemo0000000000000000000001";

class pages : public testing::Test {
protected:
    pages()
    {
        simulator::platform_options options;
        options.account = tests::demo_account();
        options.clock = &clock;
        options.webhook = hook.url();
        platform = std::make_unique<simulator::fake_platform>(options);
        platform->set_menu(std::string(simulator::demo_menu()));
        site = std::make_unique<simulator::pages>(*platform, web_pages());
    }

    static http_request request(std::string method, std::string path)
    {
        http_request made;
        made.method = std::move(method);
        made.path = "/simulator/" + path;
        return made;
    }
    http_response get(const std::string& path, const std::string& query = {})
    {
        auto asked = request("GET", path);
        asked.query = query;
        return site->answer(asked);
    }
    http_response post(const std::string& path, std::string body, std::string type = "application/json")
    {
        auto asked = request("POST", path);
        asked.body = std::move(body);
        asked.headers = {{"content-type", std::move(type)}};
        return site->answer(asked);
    }
    void meet()
    {
        EXPECT_EQ(
            post("api/people", R"({"openid":"oDemo0000000000000000000001","name":"张阿姨"})").status, 200
        );
    }
    json::object history()
    {
        return json::parse(get(std::string("api/") + somebody + "/history", "after=0").body).as_object();
    }

    bot::fixed_clock clock{bot::instant{1'763'000'000'000ms}};
    tests::webhook_server hook{
        tests::demo_account(),
        clock,
        [](const auto&) {
            return bot::wechat::text_reply{
                "好\n<a href=\"weixin://bizmsgmenu?msgmenucontent=1&msgmenuid=a\">一</a>"
            };
        }
    };
    std::unique_ptr<simulator::fake_platform> platform;
    std::unique_ptr<simulator::pages> site;
};

TEST_F(pages, ThePageIsServedWithAPolicyAndItsFilesAreFound)
{
    const auto page = get("");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    EXPECT_EQ(page.route, "simulator");
    EXPECT_NE(page.body.find("<!doctype html>"), std::string::npos);
    for (const auto& file : web_pages()) {
        const auto path = std::string(file.path.substr(std::string_view("simulator/").size()));
        EXPECT_EQ(get(path).body, file.content) << path;
    }
    const bool policy = std::any_of(page.headers.begin(), page.headers.end(), [](const auto& one) {
        return one.first == "Content-Security-Policy" && one.second.starts_with("default-src 'self'");
    });
    EXPECT_TRUE(policy);
    EXPECT_EQ(get("../../etc/passwd").status, 404);
    EXPECT_EQ(get("nothing.js").status, 404);
}

TEST_F(pages, AConversationIsToldWithItsChoicesAndRawExchange)
{
    meet();
    EXPECT_EQ(post(std::string("api/") + somebody + "/follow", "{}").status, 200);
    EXPECT_EQ(post(std::string("api/") + somebody + "/say", R"({"text":"楼上漏水"})").status, 200);
    const auto told = history();
    EXPECT_TRUE(told.at("following").as_bool());
    const auto& entries = told.at("entries").as_array();
    ASSERT_EQ(entries.size(), 4u);
    EXPECT_EQ(entries[2].at("parts").at(0).at("text").as_string(), "楼上漏水");
    const auto& answer = entries[3];
    EXPECT_EQ(answer.at("from").as_string(), "account");
    EXPECT_EQ(answer.at("parts").at(1).at("says").as_string(), "1");
    EXPECT_EQ(answer.at("parts").at(1).at("menu_id").as_string(), "a");
    const auto raw =
        json::parse(get("api/exchanges/" + std::to_string(answer.at("exchange").to_number<int>())).body);
    EXPECT_NE(raw.at("clear").as_string().find("楼上漏水"), json::string::npos);
    EXPECT_NE(raw.at("deliveries").at(0).at("body").as_string().find("<Encrypt>"), json::string::npos);
    EXPECT_EQ(raw.at("deliveries").at(0).at("outcome").as_string(), "answered");
    EXPECT_EQ(get("api/exchanges/12345").status, 404);
}

TEST_F(pages, ChoicesMenuAndPlaceReachTheWebhook)
{
    meet();
    post(std::string("api/") + somebody + "/choose", R"({"says":"一","menu_id":"a/b"})");
    const auto tapped = std::get<bot::wechat::text_message>(hook.arrivals().back().push.message.content);
    EXPECT_EQ(tapped.bizmsgmenuid, "a/b");
    post(std::string("api/") + somebody + "/press", R"({"key":"menu/legal"})");
    EXPECT_EQ(hook.arrivals().back().push.message.event_key, "menu/legal");
    post(
        std::string("api/") + somebody + "/location",
        R"({"latitude":28,"longitude":120.5,"label":"五马街道"})"
    );
    const auto place = std::get<bot::wechat::location_message>(hook.arrivals().back().push.message.content);
    EXPECT_EQ(place.location_y, 120.5);
    const auto account = json::parse(get("api/account").body);
    EXPECT_EQ(account.at("mode").as_string(), "safe");
    EXPECT_EQ(account.at("menu").as_array().size(), 3u);
}

TEST_F(pages, APictureIsKeptAndShownAgain)
{
    meet();
    EXPECT_EQ(post(std::string("api/") + somebody + "/picture", "jpegbytes", "image/jpeg").status, 200);
    const auto id = std::string(history().at("entries").at(0).at("media_id").as_string());
    const auto shown = get("api/media/" + id);
    EXPECT_EQ(shown.body, "jpegbytes");
    EXPECT_EQ(shown.content_type, "image/jpeg");
    EXPECT_EQ(post(std::string("api/") + somebody + "/picture", "<svg/>", "image/svg+xml").status, 415);
    EXPECT_EQ(post(std::string("api/") + somebody + "/picture", "", "image/png").status, 415);
}

TEST_F(pages, BadRequestsAreRefusedAndReachNobody)
{
    meet();
    const std::string say = std::string("api/") + somebody + "/say";
    EXPECT_EQ(post(say, "{}").status, 400);
    EXPECT_EQ(post(say, R"({"text":7})").status, 400);
    EXPECT_EQ(post(say, "[]").status, 415);
    EXPECT_EQ(post(say, R"({"text":"x"})", "text/plain").status, 415);
    EXPECT_EQ(post(say, json::serialize(json::object{{"text", std::string(5'000, 'x')}})).status, 400);
    EXPECT_EQ(post(std::string("api/") + somebody + "/dance", "{}").status, 404);
    EXPECT_EQ(
        post(std::string("api/") + somebody + "/location", R"({"latitude":91,"longitude":0})").status, 400
    );
    EXPECT_EQ(post("api/people/oNobody/say", R"({"text":"x"})").status, 404);
    EXPECT_EQ(post("api/people", R"({"openid":"../x","name":"a"})").status, 400);
    EXPECT_EQ(get("api/people/oNobody/history").status, 404);
    auto put = request("PUT", "api/people");
    EXPECT_EQ(site->answer(put).status, 405);
    EXPECT_TRUE(hook.arrivals().empty());
}

TEST_F(pages, AnActionIsDoneOnAThreadOfItsOwn)
{
    meet();
    auto asked = request("POST", std::string("api/") + somebody + "/say");
    asked.body = R"({"text":"你好"})";
    asked.headers = {{"content-type", "application/json"}};
    boost::asio::io_context io(1);
    http_response answered;
    auto done = [&](std::exception_ptr thrown, http_response response) {
        EXPECT_EQ(thrown, nullptr);
        answered = std::move(response);
    };
    boost::asio::co_spawn(io, (*site)(asked), done);
    io.run();
    EXPECT_EQ(answered.status, 200);
    EXPECT_EQ(hook.arrivals().size(), 1u);
}

}  // namespace
