// The WeChat edge alone: what one safe-mode text message costs before and after the turn.

#include "bot/wechat/envelope.hpp"
#include "bot/wechat/inbound_reader.hpp"
#include "bot/wechat/inbound_xml.hpp"
#include "bot/wechat/platform_side.hpp"
#include "bot/wechat/push_format.hpp"
#include "bot/wechat/query.hpp"
#include "bot/wechat/signature.hpp"
#include "bot/wechat/webhook.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>

namespace {

using namespace bot::wechat;

const bot::instant now{std::chrono::seconds(1733000002)};

account safe_account()
{
    account made;
    made.name = "main";
    made.original_id = "gh_0a1b2c3d4e5f";
    made.app_id = "wxb11529c136998cb6";
    made.token = "pamtest";
    made.aes_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    return made;
}

std::string text_xml()
{
    inbound message;
    message.to = "gh_0a1b2c3d4e5f";
    message.from = "oDemo0000000000000000000001";
    message.create_time = std::chrono::sys_seconds(std::chrono::seconds(1733000001));
    message.msg_id = 24800000000000001;
    message.content = text_message{.content = "邻居半夜装修😡，我能找谁调解？"};
    return to_xml(message);
}

passive_reply text_answer() { return text_reply{"请告诉我事情的经过。可以分几条消息说，说完后回复“完”。"}; }

push_request text_push(platform_side& platform)
{
    return platform.push(text_xml(), "oDemo0000000000000000000001", now, "415670741");
}

void verify_address(benchmark::State& state)
{
    signer hasher;
    const auto given = hasher.sign({"pamtest", "1733000002", "415670741"});
    for (auto _ : state)
        benchmark::DoNotOptimize(hasher.matches(given.text(), {"pamtest", "1733000002", "415670741"}));
}
BENCHMARK(verify_address);

void verify_message(benchmark::State& state)
{
    platform_side platform(safe_account());
    const auto push = text_push(platform);
    signer hasher;
    const auto given = hasher.sign({"pamtest", "1733000002", "415670741", push.body});
    for (auto _ : state)
        benchmark::DoNotOptimize(hasher.matches(given.text(), {"pamtest", "1733000002", "415670741", push.body}));
}
BENCHMARK(verify_message);

void decrypt(benchmark::State& state)
{
    envelope key(safe_account().aes_key, safe_account().app_id);
    random_prefixes prefixes;
    std::string sealed;
    key.seal(text_xml(), prefixes.next(), sealed);
    for (auto _ : state)
        benchmark::DoNotOptimize(key.open(sealed));
}
BENCHMARK(decrypt);

void encrypt(benchmark::State& state)
{
    envelope key(safe_account().aes_key, safe_account().app_id);
    random_prefixes prefixes;
    const auto clear = text_xml();
    std::string sealed;
    for (auto _ : state) {
        sealed.clear();
        key.seal(clear, prefixes.next(), sealed);
        benchmark::DoNotOptimize(sealed.data());
    }
}
BENCHMARK(encrypt);

void parse_query(benchmark::State& state)
{
    platform_side platform(safe_account());
    const auto push = text_push(platform);
    for (auto _ : state)
        benchmark::DoNotOptimize(query_parameters::parse(push.query));
}
BENCHMARK(parse_query);

void parse_xml(benchmark::State& state)
{
    const auto clear = text_xml();
    field_tree fields;
    for (auto _ : state) {
        read_push(clear, fields);
        benchmark::DoNotOptimize(read_inbound(fields));
    }
}
BENCHMARK(parse_xml);

void parse_json(benchmark::State& state)
{
    const std::string clear =
        R"({"ToUserName":"gh_0a1b2c3d4e5f","FromUserName":"oDemo0000000000000000000001","CreateTime":1733000001,)"
        R"("MsgType":"text","Content":"邻居半夜装修😡，我能找谁调解？","MsgId":24800000000000001})";
    field_tree fields;
    for (auto _ : state) {
        read_push(clear, fields);
        benchmark::DoNotOptimize(read_inbound(fields));
    }
}
BENCHMARK(parse_json);

void receive_safe(benchmark::State& state)
{
    platform_side platform(safe_account());
    webhook hook(safe_account());
    const auto push = text_push(platform);
    for (auto _ : state)
        benchmark::DoNotOptimize(hook.receive(push.query, push.body, now));
}
BENCHMARK(receive_safe);

void answer_safe(benchmark::State& state)
{
    platform_side platform(safe_account());
    webhook hook(safe_account());
    const auto push = text_push(platform);
    const auto request = hook.receive(push.query, push.body, now).value();
    const auto reply = text_answer();
    for (auto _ : state)
        benchmark::DoNotOptimize(hook.answer(request, reply, now));
}
BENCHMARK(answer_safe);

// The bar: at most 6 µs, of which at most 2.5 µs are cryptography.
void receive_and_answer_safe(benchmark::State& state)
{
    platform_side platform(safe_account());
    webhook hook(safe_account());
    const auto push = text_push(platform);
    const auto reply = text_answer();
    for (auto _ : state) {
        const auto request = hook.receive(push.query, push.body, now);
        if (!request)
            std::abort();
        benchmark::DoNotOptimize(hook.answer(*request, reply, now));
    }
}
BENCHMARK(receive_and_answer_safe);

void render_menu(benchmark::State& state)
{
    const std::vector<dialogs::reply> replies{
        {"请选择：",
         {{"法律咨询", "greeting/menu/law"},
          {"心理咨询", "greeting/menu/psychology"},
          {"申请调解", "greeting/menu/filing"},
          {"查询进度", "greeting/menu/progress"}}},
    };
    for (auto _ : state)
        benchmark::DoNotOptimize(render(replies));
}
BENCHMARK(render_menu);

void platform_push(benchmark::State& state)
{
    platform_side platform(safe_account());
    for (auto _ : state)
        benchmark::DoNotOptimize(text_push(platform));
}
BENCHMARK(platform_push);

}  // namespace

BENCHMARK_MAIN();
