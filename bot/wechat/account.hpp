#pragma once
// One Official Account as configured (architecture §6, [wechat.accounts.NAME]).

#include <chrono>
#include <string>

namespace bot::wechat {

enum class mode { plain, compatible, safe };

struct account {
    std::string name;         // in the configuration; served at /wechat/NAME
    std::string original_id;  // gh_…, the ToUserName of what citizens send
    std::string app_id;
    std::string app_secret;
    std::string token;
    std::string previous_token;    // still accepted during a rotation; empty: none
    std::string aes_key;           // 43 characters; needed in compatible and safe mode
    std::string previous_aes_key;  // still accepted during a rotation; empty: none
    mode configured_mode = mode::safe;
    bool allow_plain = false;              // compatible mode only: also take requests without ciphertext
    std::chrono::seconds replay_window{300};  // largest age of a request's timestamp either way; 0: not checked
    std::string api_base = "https://api.weixin.qq.com";
};

}  // namespace bot::wechat
