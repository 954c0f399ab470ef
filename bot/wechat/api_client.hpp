#pragma once
// Calls to the platform (protocol §7, §8), blocking, over one kept-alive connection. One thread at a time.


#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace bot::wechat {

struct api_answer {
    bool reached = false;  // false: no answer, or none that can be read; the call may have had its effect
    int errcode = 0;       // of the platform; 0: done
    std::string errmsg;    // as the platform wrote it; holds no secret
};

struct token_answer : api_answer {
    std::string token;
    std::chrono::seconds expires_in{0};
};

class api_client {
public:
    // base: "https://api.weixin.qq.com".
    explicit api_client(std::string base);
    ~api_client();
    api_client(const api_client&) = delete;

    // POST /cgi-bin/stable_token: the same token for every replica while it is valid.
    token_answer stable_token(std::string_view app_id, std::string_view app_secret);

    // POST /cgi-bin/message/custom/send, a text. At most 2048 bytes, else the platform answers 45002.
    api_answer send_text(std::string_view token, std::string_view open_id, std::string_view content);

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace bot::wechat
