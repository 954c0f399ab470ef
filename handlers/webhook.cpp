#include "handlers/webhook.hpp"

#include "bot/base/log.hpp"
#include "bot/wechat/to_said.hpp"

namespace handlers {
namespace asio = boost::asio;
using bot::net::http_request;
using bot::net::http_response;

namespace {

http_response answer_with(std::string body, const bot::wechat::reply_envelope& envelope)
{
    http_response response;
    response.content_type = envelope.json ? "application/json" : "text/xml; charset=utf-8";
    response.body = std::move(body);
    return response;
}

}  // namespace

webhook::webhook(bot::wechat::account account, services with)
    : channel_(std::move(account)),
      with_(with),
      received_(with.metrics.counter("hejie_webhook_received_total", "verified messages and events")),
      answered_(with.metrics.counter("hejie_webhook_answered_total", "answered with a reply")),
      silent_(with.metrics.counter("hejie_webhook_silent_total", "acknowledged without a reply")),
      unanswered_(with.metrics.counter(
          "hejie_webhook_unanswered_total", "answered 503 so that the platform delivers again"
      )),
      crisis_without_turn_(with.metrics.counter(
          "hejie_crisis_without_turn_total", "hotline text given although the turn could not be stored"
      ))
{
}

asio::awaitable<http_response> webhook::operator()(http_request request)
{
    if (request.method == "GET")
        co_return verification(request);
    co_return co_await push(std::move(request));
}

http_response webhook::verification(const http_request& request)
{
    auto echo = channel_.verify(request.query, with_.clock.now());
    if (echo.has_error())
        return refusal(echo.error());
    http_response response;
    response.content_type = "text/plain";
    response.body = std::move(*echo);
    return response;
}

asio::awaitable<http_response> webhook::push(http_request request)
{
    const auto now = with_.clock.now();
    auto got = channel_.receive(request.query, request.body, now);
    if (got.has_error())
        co_return refusal(got.error());
    received_.add();

    bot::turns::delivery message;
    message.what = bot::wechat::to_said(got->message);
    if (std::holds_alternative<dialogs::noticed>(message.what)) {
        silent_.add();
        co_return answer_with(channel_.answer(*got, bot::wechat::no_reply{}, now), got->envelope);
    }
    message.from.account = channel_.configured().name;
    message.from.person = got->message.from;
    message.key = with_.keys.hash("delivery", got->delivery);
    message.received = now;
    message.arrived = request.received;
    message.reply_by = request.received + with_.reply_budget;
    const dialogs::said what = message.what;

    auto turn = co_await with_.turns.take(std::move(message));
    if (turn.has_error())
        co_return without_turn(*got, what, turn.error());
    const bot::turns::answer& answer = **turn;
    const auto reply = bot::wechat::render(answer.replies);
    const bool silent = std::holds_alternative<bot::wechat::no_reply>(reply);
    (silent ? silent_ : answered_).add();
    co_return answer_with(channel_.answer(*got, reply, answer.at), got->envelope);
}

http_response webhook::refusal(boost::system::error_code why)
{
    // All refusals look alike from outside; the reason is for us.
    with_.metrics
        .counter("hejie_webhook_refused_total", "refused requests by reason", {{"reason", bot::error_name(why)}})
        .add();
    http_response response;
    response.status = 403;
    return response;
}

http_response webhook::without_turn(
    const bot::wechat::received& got, const dialogs::said& what, boost::system::error_code why
)
{
    if (const auto danger = with_.engine.crisis_fallback(what)) {
        crisis_without_turn_.add();
        bot::log::error("webhook.crisis_without_turn", {{"level", danger->level}, {"reason", bot::error_name(why)}});
        const auto reply = bot::wechat::render(danger->replies);
        return answer_with(channel_.answer(got, reply, with_.clock.now()), got.envelope);
    }
    unanswered_.add();
    http_response response;
    response.status = 503;  // no false success: the platform delivers again and finds the turn
    response.headers.emplace_back("Retry-After", "1");
    return response;
}

}  // namespace handlers
