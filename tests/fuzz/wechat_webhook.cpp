// A whole request in plain mode. The first line is the nonce, the rest the body; the address is signed for the fuzzer,
// so that it gets past the door. Without a line break the input is the query string itself.

#include "bot/wechat/platform_side.hpp"
#include "bot/wechat/webhook.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace bot::wechat;

account plain_account()
{
    account made;
    made.original_id = "gh_0a1b2c3d4e5f";
    made.app_id = "wxb11529c136998cb6";
    made.token = "pamtest";
    made.configured_mode = mode::plain;
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static platform_side platform(plain_account());
    static webhook hook(plain_account());
    // Every run is a moment later, so that a nonce is forgotten by the time the fuzzer tries it again.
    static bot::instant now{std::chrono::seconds(1733000002)};
    now += std::chrono::minutes(11);

    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto line = input.find('\n');
    if (line == input.npos) {
        (void)hook.verify(input, now);
        (void)hook.receive(input, input, now);
        return 0;
    }
    const auto push = platform.push(input.substr(line + 1), "oDemo", now, input.substr(0, line));
    const auto got = hook.receive(push.query, push.body, now);
    if (!got)
        return 0;
    if (got->message.to != "gh_0a1b2c3d4e5f" || got->delivery.empty())
        std::abort();
    if (const auto* text = std::get_if<text_message>(&got->message.content)) {
        const auto answer = hook.answer(*got, render({{text->content, {{text->content, text->content}}}}), now);
        if (!platform.open(answer))
            std::abort();
    }
    return 0;
}
