#include "bot/simulator/fake_platform.hpp"

#include "bot/base/embedded.hpp"
#include "bot/simulator/api.hpp"
#include "bot/simulator/platform_state.hpp"
#include "bot/simulator/random_text.hpp"
#include "bot/wechat/platform_side.hpp"

#include <httplib.h>

#include <stdexcept>
#include <thread>

std::span<const bot::embedded_file> simulator_demo();

namespace bot::simulator {
namespace {

std::string_view demo_file(std::string_view path)
{
    for (const auto& one : simulator_demo())
        if (one.path == path) return one.content;
    throw std::logic_error("not embedded: " + std::string(path));
}

api_request read_request(const httplib::Request& request)
{
    const auto query = request.target.find('?');
    api_request read{
        .method = request.method,
        .path = request.path,
        .query = query == std::string::npos ? "" : request.target.substr(query + 1),
        .body = request.body,
    };
    if (request.has_file("media")) {
        const auto file = request.get_file_value("media");
        read.upload = media{.content_type = file.content_type, .bytes = file.content};
    }
    return read;
}

void write_answer(const api_answer& answer, httplib::Response& response)
{
    response.status = answer.status;
    if (answer.drop) {
        // Promises a byte and breaks off: the caller cannot tell what has happened.
        response.set_content_provider(1, answer.content_type, [](auto, auto, auto&) { return false; });
        return;
    }
    if (!answer.disposition.empty()) response.set_header("Content-Disposition", answer.disposition);
    response.set_content(answer.body, answer.content_type);
}

}  // namespace

std::string_view demo_menu()
{
    return demo_file("menu.json");
}

std::string_view demo_slots()
{
    return demo_file("slots.json");
}

std::string service_failure_text()
{
    return std::string(demo_file("service_failure.txt"));
}

struct fake_platform::impl {
    explicit impl(platform_options options) : state(std::move(options)) {}

    platform_state state;
    httplib::Server server;
    std::uint16_t port = 0;
    std::thread listener;

    void listen();
    void stop();
};

void fake_platform::impl::listen()
{
    const auto threads = state.options.threads;
    server.new_task_queue = [threads] { return new httplib::ThreadPool(threads); };
    server.set_keep_alive_timeout(1);
    server.set_tcp_nodelay(true);
    auto answer = [this](const httplib::Request& request, httplib::Response& response) {
        write_answer(answer_api(state, read_request(request)), response);
    };
    server.Get(".*", answer);
    server.Post(".*", answer);
    const auto wanted = state.options.port;
    const int bound = wanted == 0 ? server.bind_to_any_port("127.0.0.1")
                                  : (server.bind_to_port("127.0.0.1", wanted) ? wanted : -1);
    if (bound < 0)
        throw std::runtime_error("the fake platform cannot listen on port " + std::to_string(wanted));
    port = static_cast<std::uint16_t>(bound);
    state.api_base = "http://127.0.0.1:" + std::to_string(port);
    listener = std::thread([this] { server.listen_after_bind(); });
    // Before it runs, httplib's stop() would do nothing and the thread would never end.
    while (!server.is_running()) std::this_thread::yield();
}

void fake_platform::impl::stop()
{
    {
        const std::lock_guard lock(state.guard);
        state.stopping = true;
    }
    state.stop_asked.notify_all();
    server.stop();
    if (listener.joinable()) listener.join();
}

fake_platform::fake_platform(platform_options options)
{
    const wechat::platform_side checked(options.account);  // throws for a malformed account
    impl_ = std::make_unique<impl>(std::move(options));
    impl_->listen();
}

fake_platform::~fake_platform()
{
    impl_->stop();
}

std::uint16_t fake_platform::port() const
{
    return impl_->port;
}

std::string fake_platform::api_base() const
{
    return impl_->state.api_base;
}

const wechat::account& fake_platform::account() const
{
    return impl_->state.options.account;
}

void fake_platform::set_webhook(std::string url)
{
    const std::lock_guard lock(impl_->state.guard);
    impl_->state.webhook = std::move(url);
}

bool fake_platform::verify_webhook()
{
    std::unique_lock lock(impl_->state.guard);
    const auto url = impl_->state.webhook;
    lock.unlock();
    const auto scheme = url.find("://");
    const auto path = scheme == std::string::npos ? scheme : url.find('/', scheme + 3);
    if (path == std::string::npos) return false;
    wechat::platform_side side(account());
    const auto echo = random_digits(19);
    httplib::Client client(url.substr(0, path));
    client.set_connection_timeout(impl_->state.options.answer_within);
    client.set_read_timeout(impl_->state.options.answer_within);
    const auto query = side.verification(echo, impl_->state.now(), random_digits(10));
    const auto answer = client.Get(url.substr(path) + "?" + query);
    return answer && answer->status == 200 && answer->body == echo;
}

simulator::person& fake_platform::person(std::string_view open_id, std::string_view name)
{
    auto& state = impl_->state;
    const std::lock_guard lock(state.guard);
    const auto found = state.people.find(open_id);
    if (found != state.people.end()) return *found->second;
    auto made = std::make_unique<simulator::person>(state, std::string(open_id), std::string(name));
    state.lives.try_emplace(std::string(open_id));
    return *state.people.emplace(std::string(open_id), std::move(made)).first->second;
}

std::vector<simulator::person*> fake_platform::people()
{
    const std::lock_guard lock(impl_->state.guard);
    std::vector<simulator::person*> all;
    for (const auto& [id, one] : impl_->state.people) all.push_back(one.get());
    return all;
}

void fake_platform::arrange(fault what)
{
    const std::lock_guard lock(impl_->state.guard);
    impl_->state.faults.push_back(std::move(what));
}

void fake_platform::clear_faults()
{
    const std::lock_guard lock(impl_->state.guard);
    impl_->state.faults.clear();
}

void fake_platform::revoke_tokens()
{
    const std::lock_guard lock(impl_->state.guard);
    impl_->state.tokens.revoke_all();
}

void fake_platform::set_menu(std::string json)
{
    const std::lock_guard lock(impl_->state.guard);
    impl_->state.menu = std::move(json);
}

std::string fake_platform::menu() const
{
    const std::lock_guard lock(impl_->state.guard);
    return impl_->state.menu;
}

std::vector<api_call> fake_platform::calls(std::string_view path) const
{
    const std::lock_guard lock(impl_->state.guard);
    std::vector<api_call> found;
    for (const auto& one : impl_->state.calls)
        if (path.empty() || one.path == path) found.push_back(one);
    return found;
}

std::optional<exchange> fake_platform::find_exchange(std::uint64_t id) const
{
    const std::lock_guard lock(impl_->state.guard);
    for (const auto& one : impl_->state.exchanges)
        if (one.id == id) return one;
    return std::nullopt;
}

std::optional<media> fake_platform::find_media(std::string_view media_id) const
{
    const std::lock_guard lock(impl_->state.guard);
    const auto found = impl_->state.media.find(media_id);
    if (found == impl_->state.media.end()) return std::nullopt;
    return found->second;
}

}  // namespace bot::simulator
