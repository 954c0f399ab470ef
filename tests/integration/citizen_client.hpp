#pragma once
// A citizen behind the platform: signs and encrypts what is said, posts it to a server, opens the reply. Like the
// platform it delivers the same message again when there was no answer.

#include "bot/wechat/inbound.hpp"
#include "bot/wechat/platform_side.hpp"
#include "bot/wechat/webhook.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace httplib {
class Client;
}

namespace testing_support {

// One message as delivered, however often.
struct sent_message {
    bot::wechat::inbound message;
    std::string delivery;      // the text its delivery key is made of
    std::string clear_reply;   // decrypted; empty: not answered yet
    int attempts = 0;
};

class citizen_client {
public:
    // Servers are asked for at each attempt, so that a restarted one is found; several are taken in turn.
    citizen_client(bot::wechat::account account, std::string open_id, std::vector<std::uint16_t> ports);
    ~citizen_client();

    const std::string& open_id() const { return open_id_; }

    bot::wechat::inbound text(const std::string& content);
    bot::wechat::inbound picture(const std::string& media_id);

    // One delivery of the message to ports[server]: the HTTP status, 0 when the connection failed.
    // On 200 the clear reply is put into `into`.
    int deliver(const bot::wechat::inbound& message, std::size_t server, std::string& clear_reply);

    // Delivers until there is an answer; `give_up` is asked between attempts.
    sent_message send(const bot::wechat::inbound& message, const std::function<bool()>& give_up = {});
    // send(text(content)); throws std::runtime_error when there is no answer after ten attempts.
    std::string say(const std::string& content);

    // All messages that were sent, in order.
    const std::vector<sent_message>& sent() const { return sent_; }

private:
    std::string open_id_;
    bot::wechat::account account_;
    bot::wechat::platform_side platform_;
    bot::wechat::webhook own_view_;  // what the server sees of a push: gives the delivery text
    std::vector<std::unique_ptr<httplib::Client>> servers_;
    std::int64_t next_id_ = 0;
    std::vector<sent_message> sent_;
};

}  // namespace testing_support
