#include "tests/integration/citizen_client.hpp"

#include "bot/wechat/inbound_xml.hpp"

#include <httplib.h>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace testing_support {
namespace {

bot::instant now()
{
    return bot::system_clock().now();
}

}  // namespace

citizen_client::citizen_client(bot::wechat::account account, std::string open_id, std::vector<std::uint16_t> ports)
    : open_id_(std::move(open_id)), account_(account), platform_(account), own_view_(account)
{
    for (const auto port : ports) {
        auto& client = servers_.emplace_back(std::make_unique<httplib::Client>("127.0.0.1", port));
        client->set_keep_alive(true);
        client->set_tcp_nodelay(true);
        client->set_connection_timeout(5);
        client->set_read_timeout(10);
    }
}

citizen_client::~citizen_client() = default;

bot::wechat::inbound citizen_client::text(const std::string& content)
{
    static std::atomic<std::int64_t> ids{24'800'000'000'000'000};
    bot::wechat::inbound message;
    message.to = account_.original_id;
    message.from = open_id_;
    message.create_time = std::chrono::floor<std::chrono::seconds>(now());
    message.msg_id = static_cast<std::uint64_t>(++ids);
    message.msg_id_text = std::to_string(message.msg_id);
    message.content = bot::wechat::text_message{content, "", ""};
    return message;
}

bot::wechat::inbound citizen_client::picture(const std::string& media_id)
{
    auto message = text("");
    message.content = bot::wechat::image_message{"http://127.0.0.1/" + media_id, media_id};
    return message;
}

int citizen_client::deliver(const bot::wechat::inbound& message, std::size_t server, std::string& clear_reply)
{
    static std::atomic<unsigned> nonces{0};
    const auto push = platform_.push(to_xml(message), open_id_, now(), "n" + std::to_string(++nonces));
    const std::string path = "/wechat/" + account_.name + "?" + push.query;
    const auto response = servers_[server]->Post(path, push.body, "text/xml");
    if (!response)
        return 0;
    if (response->status == 200) {
        auto opened = platform_.open(response->body);
        if (opened.has_error())
            throw std::runtime_error("a reply that the platform would refuse: " + response->body);
        clear_reply = opened->clear;
    }
    return response->status;
}

sent_message citizen_client::send(const bot::wechat::inbound& message, const std::function<bool()>& give_up)
{
    sent_message record;
    record.message = message;
    const auto push = platform_.push(to_xml(message), open_id_, now(), "own");
    record.delivery = own_view_.receive(push.query, push.body, now()).value().delivery;
    for (;;) {
        const auto server = static_cast<std::size_t>(record.attempts++) % servers_.size();
        const int status = deliver(message, server, record.clear_reply);
        if (status == 200)
            break;
        if (status != 0 && status != 503)
            throw std::runtime_error("refused with " + std::to_string(status));
        if (give_up && give_up())
            break;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));  // or it takes the processor from the server that starts
    }
    sent_.push_back(record);
    return record;
}

std::string citizen_client::say(const std::string& content)
{
    int tries = 0;
    const auto sent = send(text(content), [&tries] { return ++tries >= 10; });
    if (sent.clear_reply.empty())
        throw std::runtime_error("no answer to: " + content);
    return sent.clear_reply;
}

}  // namespace testing_support
