#pragma once
// Whether the WeChat platform answers us, for `hejie doctor`.

#include "bot/wechat/account.hpp"

#include <string>

namespace bot::app {

struct platform_answer {
    bool reached = false;
    int errcode = 0;       // of the platform; 0: an access token was given
    std::string errmsg;    // as the platform wrote it; holds no secret
};

// Asks for an access token (POST /cgi-bin/stable_token, protocol §8.1). Blocking, at most 5 seconds.
platform_answer ask_platform(const wechat::account& account);

// What to mend for an errcode (protocol §8.1, §8.17), in one sentence.
std::string advice(const platform_answer& answer);

}  // namespace bot::app
