#pragma once
// POST and GET /wechat/{account}: what the WeChat platform sends us. Verifies, hands the message to the turn pipeline and
// answers with the committed turn's reply, encrypted. Never answers what is not stored, with one exception: a message
// whose words show danger gets the hotline text even when its turn could not be stored (reliability I13, I14).

#include "bot/base/clock.hpp"
#include "bot/base/metrics.hpp"
#include "bot/net/http_types.hpp"
#include "bot/turns/pipeline.hpp"
#include "bot/wechat/webhook.hpp"
#include "dialogs/engine/engine.hpp"
#include "storage/crypto/keyring.hpp"

#include <boost/system/error_code.hpp>

#include <chrono>

namespace handlers {

class webhook {
public:
    struct services {
        bot::turns::pipeline& turns;
        const dialogs::engine& engine;
        const storage::keyring& keys;
        const bot::clock& clock;
        bot::metrics& metrics;
        std::chrono::milliseconds reply_budget{4'500};
    };

    // Throws std::invalid_argument for a malformed account. The services must outlive it.
    webhook(bot::wechat::account account, services with);

    boost::asio::awaitable<bot::net::http_response> operator()(bot::net::http_request request);

private:
    boost::asio::awaitable<bot::net::http_response> push(bot::net::http_request request);
    bot::net::http_response verification(const bot::net::http_request& request);
    bot::net::http_response refusal(boost::system::error_code why);
    bot::net::http_response without_turn(
        const bot::wechat::received& got, const dialogs::said& what, boost::system::error_code why
    );

    bot::wechat::webhook channel_;
    services with_;
    bot::counter &received_, &answered_, &silent_, &unanswered_, &crisis_without_turn_;
};

}  // namespace handlers
