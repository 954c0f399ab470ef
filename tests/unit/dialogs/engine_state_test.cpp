// The stored forms: what was written is read back, and what was not written by us is refused.
#include "dialogs/engine/engine.hpp"
#include "tests/unit/dialogs/engine_chat.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/json.hpp>

namespace {

using namespace dialogs;

bot::instant at(std::int64_t ms) { return bot::instant(std::chrono::milliseconds(ms)); }

// Bytes of every kind, quotes, controls and Chinese among them.
std::string any_text()
{
    std::string out;
    for (const auto piece : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 140))) {
        if (piece < 128)
            out += static_cast<char>(piece);
        else
            out += std::array{"漏水", "“", "\U0001F600", "，"}[static_cast<std::size_t>(piece % 4)];
    }
    return out;
}

frame any_frame()
{
    frame f{.flow = any_text(), .step = any_text()};
    f.waits = static_cast<awaiting>(*rc::gen::inRange(1, 8));
    f.retries = *rc::gen::inRange(0, 100);
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
        f.asked.push_back(any_text());
        const auto value = any_text();
        f.slots[any_text()] = {value, *rc::gen::arbitrary<bool>() ? value : any_text()};
        f.evidence.push_back({"picture", any_text(), at(*rc::gen::inRange<std::int64_t>(0, 2'000'000'000'000))});
    }
    f.draft = any_text();
    f.version = any_text();
    if (*rc::gen::arbitrary<bool>()) {
        f.gleaned[any_text()] = {any_text(), any_text()};
        f.put_aside_at = at(7);
    }
    return f;
}

void same(const frame& a, const frame& b)
{
    RC_ASSERT(a.flow == b.flow && a.step == b.step && a.waits == b.waits && a.retries == b.retries);
    RC_ASSERT(a.version == b.version && a.put_aside_at == b.put_aside_at && a.gleaned.size() == b.gleaned.size());
    for (const auto& [step, value] : a.gleaned)
        RC_ASSERT(b.gleaned.at(step).value == value.value && b.gleaned.at(step).shown == value.shown);
    RC_ASSERT(a.asked == b.asked && a.draft == b.draft && a.slots.size() == b.slots.size());
    for (const auto& [name, slot] : a.slots)
        RC_ASSERT(b.slots.at(name).value == slot.value && b.slots.at(name).shown == slot.shown);
    RC_ASSERT(a.evidence.size() == b.evidence.size());
    for (std::size_t i = 0; i < a.evidence.size(); ++i)
        RC_ASSERT(a.evidence[i].media_id == b.evidence[i].media_id && a.evidence[i].kind == b.evidence[i].kind &&
                  a.evidence[i].received_at == b.evidence[i].received_at);
}

RC_GTEST_PROP(stored_conversation, reads_back_what_it_wrote, ())
{
    conversation before;
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
        before.stack.push_back(any_frame());
    if (*rc::gen::arbitrary<bool>())
        before.paused = any_frame();
    before.consent = any_text();
    before.page = any_text();
    if (*rc::gen::arbitrary<bool>())
        before.last_turn = at(*rc::gen::inRange<std::int64_t>(0, 2'000'000'000'000));
    if (*rc::gen::arbitrary<bool>())
        before.care = distress{"C3", at(5)};
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
        before.shelf.push_back(any_frame());
        before.rest.push_back({any_text(), {{any_text(), any_text()}}});
        before.signs.push_back({static_cast<crisis_level>(*rc::gen::inRange(0, 5)), at(i)});
    }
    before.held_by = static_cast<owner>(*rc::gen::inRange(1, 4));
    before.open_question = *rc::gen::arbitrary<bool>();
    before.album = *rc::gen::arbitrary<bool>();
    before.minor = *rc::gen::arbitrary<bool>();
    if (*rc::gen::arbitrary<bool>())
        before.talking_since = at(9);
    before.misses = *rc::gen::inRange(0, 100);
    before.rest_turns = before.rest.empty() ? 0 : *rc::gen::inRange(0, 4);
    const auto bytes = serialise(before);
    const auto after = parse_conversation(bytes);
    RC_ASSERT(after.stack.size() == before.stack.size());
    for (std::size_t i = 0; i < before.stack.size(); ++i)
        same(before.stack[i], after.stack[i]);
    RC_ASSERT(after.paused.has_value() == before.paused.has_value());
    if (before.paused)
        same(*before.paused, *after.paused);
    RC_ASSERT(after.page == before.page && after.consent == before.consent && after.last_turn == before.last_turn);
    RC_ASSERT(after.care.has_value() == before.care.has_value());
    RC_ASSERT(after.shelf.size() == before.shelf.size());
    for (std::size_t i = 0; i < before.shelf.size(); ++i)
        same(before.shelf[i], after.shelf[i]);
    RC_ASSERT(after.held_by == before.held_by && after.open_question == before.open_question && after.album == before.album);
    RC_ASSERT(after.misses == before.misses && after.rest_turns == before.rest_turns && after.signs == before.signs);
    RC_ASSERT(after.minor == before.minor && after.talking_since == before.talking_since);
    RC_ASSERT(serialise(after.rest) == serialise(before.rest));
    RC_ASSERT(serialise(after) == bytes);
}

RC_GTEST_PROP(stored_said, reads_back_what_it_wrote, ())
{
    const auto a = any_text(), b = any_text();
    const double latitude = *rc::gen::inRange(-90'000'000, 90'000'000) / 1e6 / 3;
    const std::vector<said> all{said_text{a, b}, sent_picture{a, b}, sent_voice{a, b}, sent_video{a}, sent_file{a, b},
                                sent_location{latitude, -latitude, a}, sent_link{a, b}, followed{a}, unfollowed{},
                                tapped_menu{a}, scanned{a}, noticed{a}};
    for (const auto& one : all) {
        const auto bytes = serialise(one);
        const auto back = parse_said(bytes);
        RC_ASSERT(back.index() == one.index());
        RC_ASSERT(serialise(back) == bytes);
        if (const auto* where = std::get_if<sent_location>(&back))
            RC_ASSERT(where->latitude == latitude && where->longitude == -latitude && where->label == a);
        if (const auto* text = std::get_if<said_text>(&back))
            RC_ASSERT(text->text == a && text->choice == b);
    }
}

RC_GTEST_PROP(stored_replies, read_back_what_they_were, ())
{
    std::vector<reply> before;
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
        reply r{.text = any_text()};
        for (int j = *rc::gen::inRange(0, 4); j > 0; --j)
            r.choices.push_back({any_text(), any_text()});
        before.push_back(r);
    }
    const auto after = parse_replies(serialise(before));
    RC_ASSERT(after.size() == before.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        RC_ASSERT(after[i].text == before[i].text && after[i].choices.size() == before[i].choices.size());
        for (std::size_t j = 0; j < before[i].choices.size(); ++j)
            RC_ASSERT(after[i].choices[j].label == before[i].choices[j].label &&
                      after[i].choices[j].target == before[i].choices[j].target);
    }
}

TEST(stored_conversation, passes_over_keys_of_a_newer_version)
{
    const auto state = parse_conversation(
        R"({"v":2,"new":[1,{"x":null}],"s":[{"f":"filing","p":"story","mood":"calm"}],"c":"2026-11"})"
    );
    ASSERT_EQ(state.stack.size(), 1u);
    EXPECT_EQ(state.stack[0].step, "story");
    EXPECT_EQ(state.consent, "2026-11");
}

TEST(stored_conversation, refuses_what_it_did_not_write)
{
    for (const auto* bytes : {"", "{", "[]", "7", R"({"s":{}})", R"({"s":[{"f":7}]})", R"({"s":[{"w":99}]})", R"({"k":[]})",
                              R"({"t":"x"})", R"({"s":[{"e":[["picture"]]}]})", R"({"s":[{"l":{"x":[]}}]})"})
        EXPECT_THROW(parse_conversation(bytes), std::invalid_argument) << bytes;
    for (const auto* bytes : {"", "{}", R"({"is":"dance"})", R"({"is":"location","latitude":"x","longitude":"1"})", "[1]"})
        EXPECT_THROW(parse_said(bytes), std::invalid_argument) << bytes;
    for (const auto* bytes : {"", "{}", "[7]", "[{}]", R"([{"text":"a","choices":[["only label"]]}])"})
        EXPECT_THROW(parse_replies(bytes), std::invalid_argument) << bytes;
}

TEST(stored_conversation, is_valid_json_and_small_in_the_middle_of_a_filing)
{
    test::chat citizen;
    citizen.taps("filing/start");
    for (const auto* answer : {"同意", "同意", "没有", "房东不退我的押金已经两个月", "说完了", "1", "上个月十五号", "五马街道某小区", "退回押金",
                               "3500", "房东李某", "跳过"})
        citizen.says(answer);
    const auto bytes = serialise(citizen.state);
    EXPECT_NO_THROW(boost::json::parse(bytes));
    EXPECT_LT(bytes.size(), 900u) << bytes;
}

}  // namespace
