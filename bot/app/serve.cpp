// `hejie serve`: composes the server and runs it until SIGTERM or SIGINT.

#include "bot/app/commands.hpp"
#include "bot/app/demo.hpp"
#include "bot/app/background_jobs.hpp"
#include "bot/app/data_files.hpp"
#include "bot/app/readiness_probe.hpp"
#include "bot/app/seed_slots.hpp"
#include "bot/app/service.hpp"
#include "bot/async/task_group.hpp"
#include "bot/base/log.hpp"
#include "bot/net/server.hpp"
#include "handlers/health.hpp"
#include "handlers/metrics_page.hpp"
#include "handlers/routes.hpp"
#include "handlers/webhook.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <csignal>

namespace bot::app {
namespace asio = boost::asio;
namespace {

class running_server {
public:
    explicit running_server(serve_options& options)
        : settings_(options.settings),
          service_(settings_, options.migrate),
          probe_(*service_.database),
          health_([this] { return probe_.ask(); }),
          metrics_page_(service_.counters),
          signals_(service_.io, SIGTERM, SIGINT),
          reload_(service_.io, SIGHUP),
          tasks_(service_.io.get_executor())
    {
        add_routes();
        if (options.demo) {
            demo_ = start_demo(settings_.wechat_accounts.front(), routes_);
            settings_.wechat_accounts.front().api_base = demo_->api_base();
            seed_demo_slots(*service_.database, service_.keys, clock_.now());
        }
        auto handler = [this](net::http_request request) { return routes_(std::move(request)); };
        server_ = std::make_unique<net::server>(service_.io, settings_.server, handler, service_.counters);
        if (demo_)
            demo_->connect(server_->port());
        jobs_ = start_background_jobs(settings_, *service_.database, service_.keys, clock_, service_.counters);
        log::info("server.listening", {{"port", std::int64_t{server_->port()}}, {"demo", options.demo}});
    }

    int run()
    {
        tasks_.spawn("shutdown", wait_for_signal());
        tasks_.spawn("reload", reload_on_signal());
        service_.io.run();
        log::info("server.stopped");
        return 0;
    }

private:
    void add_routes()
    {
        const handlers::webhook::services with{
            *service_.turns, *service_.engine, service_.keys, clock_, service_.counters, settings_.reply_budget};
        for (const auto& account : settings_.wechat_accounts) {
            auto& webhook = webhooks_.emplace_back(std::make_unique<handlers::webhook>(account, with));
            auto answer = [&handler = *webhook](net::http_request request) { return handler(std::move(request)); };
            routes_.add({"GET", "POST"}, "/wechat/" + account.name, "webhook", answer);
        }
        routes_.add({"GET", "HEAD"}, "/healthz", "healthz", [this](auto r) { return health_.alive(std::move(r)); });
        routes_.add({"GET", "HEAD"}, "/readyz", "readyz", [this](auto r) { return health_.ready(std::move(r)); });
        routes_.add({"GET"}, "/metrics", "metrics", [this](auto r) { return metrics_page_(std::move(r)); });
    }

    // SIGHUP: the data files and models are read again. Faulty ones are logged and the old ones stay.
    asio::awaitable<void> reload_on_signal()
    {
        for (;;) {
            boost::system::error_code error;
            co_await reload_.async_wait(asio::redirect_error(asio::use_awaitable, error));
            if (error)
                co_return;
            reload();
        }
    }

    void reload()
    {
        try {
            const auto version = service_.engine->reload(read_data_files(settings_.dialogs_directory), load_models(settings_.models_directory));
            log::info("dialogs.reloaded", {{"version", version}});
        } catch (const dialogs::flow_error& error) {
            for (const auto& fault : error.faults())
                log::error("dialogs.fault", {{"fault", fault}});
            log::error("dialogs.not_reloaded", {{"faults", static_cast<std::int64_t>(error.faults().size())}});
        } catch (const configuration_error& error) {
            log::error("dialogs.not_reloaded", {{"why", error.what()}});
        }
    }

    asio::awaitable<void> wait_for_signal()
    {
        boost::system::error_code error;
        co_await signals_.async_wait(asio::redirect_error(asio::use_awaitable, error));
        log::info("server.stopping");
        // Requests under way end with their turns; what is committed after its request has gone is found by the
        // platform's retry.
        co_await server_->stop(settings_.drain);
        co_await service_.turns->drain();
        jobs_.reset();
        service_.io.stop();
    }

    configuration settings_;
    const system_clock clock_;
    turn_service service_;
    readiness_probe probe_;
    handlers::health health_;
    handlers::metrics_page metrics_page_;
    handlers::routes routes_;
    std::vector<std::unique_ptr<handlers::webhook>> webhooks_;
    std::unique_ptr<demo> demo_;
    std::unique_ptr<net::server> server_;
    std::unique_ptr<background_jobs> jobs_;
    asio::signal_set signals_;  // from the start, so that no early signal ends the process the hard way
    asio::signal_set reload_;
    task_group tasks_;
};

}  // namespace

int serve(serve_options options)
{
    if (options.demo)
        prepare_demo(options.settings);
    if (options.settings.wechat_accounts.empty())
        log::warn("server.no_account", {{"mend", "add [wechat.accounts.NAME] to the configuration"}});
    running_server server(options);
    return server.run();
}

}  // namespace bot::app
