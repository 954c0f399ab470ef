#pragma once
// A webhook on loopback for the tests of the platform: reads pushes with our own webhook class and answers as
// the test says. Counts and keeps what came.

#include "bot/base/clock.hpp"
#include "bot/wechat/webhook.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tests {

bot::wechat::account demo_account(bot::wechat::mode mode = bot::wechat::mode::safe);

struct arrival {
    std::string query;
    std::string body;
    bot::wechat::received push;
};

struct raw_answer {
    int status = 200;
    std::string body;
    // Answers only when the test has ended or lets go.
    bool hang = false;
};

class webhook_server {
public:
    // What to reply to a push; the number of the arrival counts from 1.
    using replier = std::function<bot::wechat::passive_reply(const bot::wechat::inbound&)>;
    // Replaces the answer of an arrival; empty optional: the replier's.
    using interference = std::function<std::optional<raw_answer>(int arrival)>;

    webhook_server(
        bot::wechat::account account, const bot::clock& clock, replier reply, interference instead = {}
    );
    ~webhook_server();

    std::string url() const;
    std::vector<arrival> arrivals() const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tests
