#include "tests/integration/journal_check.hpp"

#include "bot/app/service.hpp"
#include "storage/case_store.hpp"
#include "storage/turn_journal.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <set>

namespace testing_support {
namespace {

std::uint64_t seed_of(const storage::delivery_key& key)
{
    std::uint64_t seed = 0;
    std::memcpy(&seed, key.data(), sizeof seed);
    return seed;
}

// The clear passive reply that the stored turn stands for, as the platform would read it.
std::string clear_reply_of(const test_site& site, const sent_message& sent, const storage::journal_row& row)
{
    bot::wechat::webhook channel(site.account());
    bot::wechat::platform_side platform(site.account());
    bot::wechat::received request;
    request.message = sent.message;
    request.envelope.encrypted = true;
    request.envelope.nonce = "check";
    const auto reply = bot::wechat::render(dialogs::parse_replies(row.replies));
    return platform.open(channel.answer(request, reply, row.at)).value().clear;
}

// Steps the turn again from the state before it; gives the case it files, if any.
int expect_same_step(
    const dialogs::engine& engine, const dialogs::conversation& before, const storage::journal_row& row
)
{
    const dialogs::said what = dialogs::parse_said(row.inbound);
    const dialogs::known nothing;
    auto again = engine.step(before, {what, row.at, seed_of(row.key), nothing});
    const auto* done = std::get_if<dialogs::stepped>(&again);
    if (done == nullptr)
        return 0;  // asked for facts of that moment: cannot be stepped from the journal alone
    EXPECT_EQ(dialogs::serialise(done->after), row.state) << "turn " << row.turn_no;
    EXPECT_EQ(dialogs::serialise(done->out.replies), row.replies) << "turn " << row.turn_no;
    int cases = 0;
    for (const auto& effect : done->out.effects)
        cases += std::holds_alternative<dialogs::file_case>(effect) ? 1 : 0;
    return cases;
}

}  // namespace

const dialogs::engine& embedded_engine()
{
    static const auto engine = bot::app::load_engine();
    return *engine;
}

journal_figures expect_true_journal(
    const test_site& site, const dialogs::engine& engine, const citizen_client& citizen
)
{
    journal_figures figures;
    std::map<storage::delivery_key, const sent_message*> sent;
    for (const auto& message : citizen.sent())
        sent[site.keys().hash("delivery", message.delivery)] = &message;

    auto db = site.connect();
    storage::turn_journal journal(*db, site.keys());
    const auto loaded = journal.load({site.account().name, citizen.open_id()}, {}).value();
    if (!loaded.head) {
        for (const auto& message : citizen.sent())
            EXPECT_TRUE(message.clear_reply.empty()) << "answered, but the citizen is unknown";
        return figures;
    }

    std::set<storage::delivery_key> seen;
    dialogs::conversation before;
    for (const auto& row : journal.history(loaded.head->who).value()) {
        EXPECT_EQ(row.turn_no, ++figures.turns) << "a gap in the turn numbers";
        EXPECT_TRUE(seen.insert(row.key).second) << "a delivery with two turns";
        const auto found = sent.find(row.key);
        if (found == sent.end()) {
            ADD_FAILURE() << "a turn of a message that was never sent";
            continue;
        }
        if (!found->second->clear_reply.empty())
            EXPECT_EQ(found->second->clear_reply, clear_reply_of(site, *found->second, row)) << "turn " << row.turn_no;
        figures.cases += expect_same_step(engine, before, row);
        before = dialogs::parse_conversation(row.state);
    }
    for (const auto& [key, message] : sent)
        if (!message->clear_reply.empty())
            EXPECT_TRUE(seen.contains(key)) << "an answered turn is lost";

    storage::case_store cases(*db, site.keys());
    const auto rows = cases.cases_of(loaded.head->who.id, bot::system_clock().now()).value();
    EXPECT_EQ(rows.size(), static_cast<std::size_t>(figures.cases));
    return figures;
}

}  // namespace testing_support
