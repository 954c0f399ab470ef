// One engine step, safety screen included, without storage: what a turn costs in pure thought.
#include "dialogs/data.hpp"
#include "dialogs/engine/engine.hpp"
#include "dialogs/understanding/trained_understanding.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace {

using namespace dialogs;

const bot::instant morning{std::chrono::milliseconds(1'772'676'000'000)};  // 2026-03-05 10:00 in China

const engine& whole_engine()
{
    static const engine made = [] {
        std::vector<source_file> files;
        for (const auto& file : dialogs_data())
            files.push_back({std::string(file.path), std::string(file.content)});
        return engine(files, nullptr, load_understanding());
    }();
    return made;
}

stepped step(const conversation& before, const said& what)
{
    const known facts{std::vector<case_view>{}};
    return std::get<stepped>(whole_engine().step(before, {what, morning, 42, facts}));
}

// The conversation after a filing was answered up to a point.
conversation after_answers(std::size_t count)
{
    static const std::vector<said> answers = [] {
        std::vector<said> all{said_text{"申请调解", "filing/start"}, said_text{"同意", {}}, said_text{"同意", {}}, said_text{"没有", {}}};
        for (const auto* text : {"房东不退我的押金，租期到了两个月了，催了三次", "说完了", "1", "上个月十五号", "五马街道公安路某小区", "退回押金",
                                 "3500元", "李建国", "跳过", "为自己", "满了", "陈小明", "13812345678", "没有", "跳过"})
            all.push_back(said_text{text, {}});
        return all;
    }();
    conversation state;
    for (std::size_t i = 0; i < std::min(count, answers.size()); ++i)
        state = step(state, answers[i]).after;
    return state;
}

void run(benchmark::State& bench, std::size_t answered, const said& what)
{
    const auto before = after_answers(answered);
    std::vector<double> micros;
    micros.reserve(1 << 20);
    for (auto _ : bench) {
        const auto start = std::chrono::steady_clock::now();
        benchmark::DoNotOptimize(step(before, what));
        if (micros.size() < micros.capacity())
            micros.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
    }
    const auto at = [&](double part) {
        const auto nth = micros.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(micros.size() - 1));
        std::nth_element(micros.begin(), nth, micros.end());
        return *nth;
    };
    bench.counters["p50_us"] = at(0.5);
    bench.counters["p99_us"] = at(0.99);
}

void engine_greeting(benchmark::State& bench) { run(bench, 0, said_text{"你好", {}}); }
void engine_tapped_choice(benchmark::State& bench) { run(bench, 3, said_text{"没有", "filing/danger/no"}); }
void engine_story_message(benchmark::State& bench) { run(bench, 4, said_text{"房东不退我的押金，租期到了两个月了，催了三次", {}}); }
void engine_story_done(benchmark::State& bench) { run(bench, 5, said_text{"说完了", {}}); }
void engine_date(benchmark::State& bench) { run(bench, 7, said_text{"上个月十五号", {}}); }
void engine_place(benchmark::State& bench) { run(bench, 8, said_text{"五马街道公安路某小区", {}}); }
void engine_money(benchmark::State& bench) { run(bench, 10, said_text{"三万五", {}}); }
void engine_unreadable(benchmark::State& bench) { run(bench, 10, said_text{"这个我也说不上来啊", {}}); }
void engine_submit(benchmark::State& bench) { run(bench, 19, said_text{"提交", {}}); }
BENCHMARK(engine_greeting);
BENCHMARK(engine_tapped_choice);
BENCHMARK(engine_story_message);
BENCHMARK(engine_story_done);
BENCHMARK(engine_date);
BENCHMARK(engine_place);
BENCHMARK(engine_money);
BENCHMARK(engine_unreadable);
BENCHMARK(engine_submit);

void state_stored_and_read(benchmark::State& bench)
{
    const auto state = after_answers(19);
    std::size_t bytes = 0;
    for (auto _ : bench) {
        const auto stored = serialise(state);
        bytes = stored.size();
        benchmark::DoNotOptimize(parse_conversation(stored));
    }
    bench.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(state_stored_and_read);

}  // namespace
