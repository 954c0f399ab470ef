#pragma once
// A WeChat platform for one Official Account, on loopback: it pushes what people say to our webhook exactly
// as WeChat does, shows them what comes back, and serves the API that our server calls. The demo and the
// integration tests use the same one. What it does not know of (payment, live streams) it answers as an
// unknown path.
//
// Threads: all methods are safe from any thread. A person's methods block until the platform has its answer
// or has given up (15 s at most by default); the API is served by the platform's own threads.

#include "bot/base/clock.hpp"
#include "bot/simulator/person.hpp"
#include "bot/simulator/seen.hpp"
#include "bot/wechat/account.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bot::simulator {

struct platform_options {
    wechat::account account;            // the same as the server's: names, secret, token, key, mode
    std::string webhook;                // http://127.0.0.1:8080/wechat/main; may be set later
    std::uint16_t port = 0;             // of the API; 0: any free one
    std::size_t threads = 8;            // of the API
    const bot::clock* clock = nullptr;  // for windows, quotas and expiries; nullptr: the system's

    std::chrono::milliseconds answer_within{5'000};  // then the connection is closed
    int deliveries = 3;                              // in all
    std::chrono::milliseconds retry_pause{0};        // between the end of a try and the next
    bool resign_retries = true;                      // a new timestamp and nonce, or the same query again
    std::chrono::seconds token_life{7'200};
    std::vector<std::string> templates;  // known template ids; empty: all are known
};

// Something that goes wrong with API calls.
struct fault {
    enum class kind {
        slow,         // answers after `delay`
        status,       // answers with the HTTP status `code` and a page, has no effect
        errcode,      // answers with errcode `code`, has no effect
        drop_before,  // breaks the connection, has no effect
        drop_after,   // has its effect, then breaks the connection
    };
    kind what = kind::errcode;
    std::string path;  // "/cgi-bin/message/custom/send"; empty: every path
    int times = 1;     // how many calls; -1: until cleared
    int code = 0;
    std::chrono::milliseconds delay{0};
};

// A call that the server made.
struct api_call {
    bot::instant at;
    std::string method;
    std::string path;
    std::string query;
    std::string body;
    int status = 200;
    std::string answer;  // what was answered, or would have been
};

struct media {
    std::string type;          // image, voice, video, thumb
    std::string content_type;  // image/jpeg
    std::string bytes;
    bot::instant since;
};

class fake_platform {
public:
    // Listens at once. Throws std::runtime_error when it cannot, std::invalid_argument for a malformed
    // account.
    explicit fake_platform(platform_options options);
    ~fake_platform();
    fake_platform(const fake_platform&) = delete;

    std::uint16_t port() const;
    std::string api_base() const;  // for wechat::account::api_base
    const wechat::account& account() const;

    void set_webhook(std::string url);
    // As saving the address in the account's console does: GET with echostr, and the answer must be it.
    bool verify_webhook();

    // The same person for the same open id; made when new, not following. Lives as long as the platform.
    simulator::person& person(std::string_view open_id, std::string_view name = {});
    std::vector<simulator::person*> people();

    void arrange(fault what);
    void clear_faults();
    // All tokens given so far are worth nothing from now on (40001).
    void revoke_tokens();

    // The account's menu as /menu/create takes it ({"button":[…]}); empty: none.
    void set_menu(std::string json);
    std::string menu() const;

    // Oldest first; of all paths when empty. The last thousand are kept.
    std::vector<api_call> calls(std::string_view path = {}) const;
    // nullopt when there is none or it is among the older than two thousand.
    std::optional<exchange> find_exchange(std::uint64_t id) const;
    std::optional<media> find_media(std::string_view media_id) const;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

// The demo account's menu (demo/menu.json).
std::string_view demo_menu();
// Free times that the demo begins with, a row a room or counsellor (demo/slots.json).
std::string_view demo_slots();

}  // namespace bot::simulator
