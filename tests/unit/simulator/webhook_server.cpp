#include "tests/unit/simulator/webhook_server.hpp"

#include <httplib.h>

#include <condition_variable>
#include <mutex>
#include <thread>

namespace tests {

namespace wechat = bot::wechat;

wechat::account demo_account(wechat::mode mode)
{
    wechat::account account;
    account.name = "main";
    account.original_id = "gh_0a1b2c3d4e5f";
    account.app_id = "wxdemo0000000001";
    account.app_secret = "demo-secret-0123456789abcdef0123";
    account.token = "demoToken2026";
    account.aes_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    account.configured_mode = mode;
    return account;
}

struct webhook_server::impl {
    impl(wechat::account account, const bot::clock& now, replier what, interference other)
        : hook(std::move(account)), clock(now), reply(std::move(what)), instead(std::move(other))
    {
    }

    wechat::webhook hook;
    const bot::clock& clock;
    replier reply;
    interference instead;
    mutable std::mutex guard;
    std::condition_variable ending;
    bool ended = false;
    std::vector<arrival> arrived;
    httplib::Server server;
    int port = 0;
    std::thread listener;

    void take(const httplib::Request& request, httplib::Response& response)
    {
        std::unique_lock lock(guard);
        const auto query = request.target.substr(request.target.find('?') + 1);
        auto received = hook.receive(query, request.body, clock.now());
        if (!received) {
            response.status = 403;
            return;
        }
        arrived.push_back({query, request.body, *received});
        const auto other = instead ? instead(static_cast<int>(arrived.size())) : std::nullopt;
        if (other && other->hang) ending.wait(lock, [this] { return ended; });
        if (other) {
            response.status = other->status;
            response.set_content(other->body, "text/xml");
            return;
        }
        response.set_content(hook.answer(*received, reply(received->message), clock.now()), "text/xml");
    }
};

webhook_server::webhook_server(
    wechat::account account, const bot::clock& clock, replier reply, interference instead
)
    : impl_(std::make_unique<impl>(std::move(account), clock, std::move(reply), std::move(instead)))
{
    auto* me = impl_.get();
    me->server.set_keep_alive_timeout(1);
    me->server.Get("/wechat/main", [me](const httplib::Request& request, httplib::Response& response) {
        const auto query = request.target.substr(request.target.find('?') + 1);
        const std::lock_guard lock(me->guard);
        const auto echo = me->hook.verify(query, me->clock.now());
        response.status = echo ? 200 : 403;
        response.set_content(echo ? *echo : "", "text/plain");
    });
    me->server.Post("/wechat/main", [me](const httplib::Request& request, httplib::Response& response) {
        me->take(request, response);
    });
    me->port = me->server.bind_to_any_port("127.0.0.1");
    me->listener = std::thread([me] { me->server.listen_after_bind(); });
    while (!me->server.is_running()) std::this_thread::yield();
}

webhook_server::~webhook_server()
{
    {
        const std::lock_guard lock(impl_->guard);
        impl_->ended = true;
    }
    impl_->ending.notify_all();
    impl_->server.stop();
    impl_->listener.join();
}

std::string webhook_server::url() const
{
    return "http://127.0.0.1:" + std::to_string(impl_->port) + "/wechat/main";
}

std::vector<arrival> webhook_server::arrivals() const
{
    const std::lock_guard lock(impl_->guard);
    return impl_->arrived;
}

}  // namespace tests
