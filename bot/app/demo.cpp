#include "bot/app/demo.hpp"

#include "bot/simulator/fake_platform.hpp"
#include "bot/simulator/pages.hpp"
#include "web/pages.hpp"

#include <algorithm>

namespace bot::app {
namespace {

wechat::account demo_account()
{
    wechat::account account;
    account.name = "main";
    account.original_id = "gh_0123456789ab";
    account.app_id = "wx1234567890abcdef";
    account.app_secret = "demo";
    account.token = "token";
    account.aes_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    return account;
}

// Picture uploads of the simulator's page.
constexpr std::size_t demo_max_body = 6 << 20;

class simulated_platform final : public demo {
public:
    simulated_platform(const wechat::account& account, handlers::routes& into)
        : platform_(options_for(account)), pages_(platform_, web_pages())
    {
        platform_.set_menu(std::string(simulator::demo_menu()));
        auto page = [this](net::http_request request) { return pages_(std::move(request)); };
        into.add({"GET", "HEAD"}, "/simulator", "simulator", page);
        into.add_below({"GET", "HEAD", "POST"}, "/simulator/", "simulator", page);
    }

    void connect(std::uint16_t port) override
    {
        platform_.set_webhook("http://127.0.0.1:" + std::to_string(port) + "/wechat/" + platform_.account().name);
    }

    std::string api_base() const override { return platform_.api_base(); }

private:
    static simulator::platform_options options_for(const wechat::account& account)
    {
        simulator::platform_options options;
        options.account = account;
        return options;
    }

    simulator::fake_platform platform_;
    simulator::pages pages_;
};

}  // namespace

void prepare_demo(configuration& settings)
{
    settings.wechat_accounts = {demo_account()};
    settings.server.max_body = std::max(settings.server.max_body, demo_max_body);
}

std::unique_ptr<demo> start_demo(const wechat::account& account, handlers::routes& into)
{
    return std::make_unique<simulated_platform>(account, into);
}

}  // namespace bot::app
