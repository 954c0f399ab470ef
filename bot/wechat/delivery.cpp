#include "bot/wechat/delivery.hpp"

#include "bot/wechat/fingerprint.hpp"

namespace bot::wechat {

std::string delivery_key(std::string_view app_id, const inbound& message, std::string_view clear_body)
{
    const auto created = std::to_string(message.create_time.time_since_epoch().count());
    std::string key;
    key.reserve(128);
    key.append(app_id).append("|").append(message.from).append("|");
    if (!message.msg_id_text.empty())
        return key.append(message.msg_id_text).append("|").append(created);
    key.append(created).append("|").append(message.event.empty() ? message.msg_type : message.event);
    key.append("|").append(message.event_key).append("|");
    return key.append(short_hex(fingerprint_of(clear_body)));
}

}  // namespace bot::wechat
