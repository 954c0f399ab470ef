// `hejie replay`: steps stored conversations again with today's flows and says what differs. Each turn is stepped from
// the state that was stored before it, so that one difference does not make all that follow differ.

#include "bot/app/desk.hpp"
#include "bot/app/opened.hpp"
#include "bot/app/service.hpp"
#include "storage/services/desk.hpp"
#include "storage/turn_journal.hpp"

#include <cstring>
#include <ostream>

namespace bot::app {
namespace {

// As many seeds as the pipeline tries when an id is taken.
constexpr std::uint64_t seeds = 9;
constexpr int page = 200;

struct figures {
    std::int64_t citizens = 0, turns = 0, same = 0, replies = 0, states = 0, unknown = 0, unreadable = 0;
};

enum class outcome { same, replies_differ, state_differs, needs_facts, unreadable };

std::uint64_t seed_of(const storage::delivery_key& key)
{
    std::uint64_t seed = 0;
    std::memcpy(&seed, key.data(), sizeof seed);
    return seed;
}

class again {
public:
    again(const dialogs::engine& engine, const replay_options& options, std::ostream& out)
        : engine_(engine), options_(options), out_(out)
    {
    }

    void conversation(const storage::citizen& who, const std::vector<storage::journal_row>& rows)
    {
        ++count.citizens;
        std::string before;
        for (const auto& row : rows) {
            ++count.turns;
            tell(who, row, step(before, row));
            before = row.state;
        }
    }

    figures count;

private:
    outcome step(const std::string& before, const storage::journal_row& row)
    {
        try {
            const auto what = dialogs::parse_said(row.inbound);
            const auto state = before.empty() ? dialogs::conversation{} : dialogs::parse_conversation(before);
            outcome first = outcome::same;
            for (std::uint64_t n = 0; n < seeds; ++n) {
                const dialogs::known nothing;
                const auto got = engine_.step(state, {what, row.at, seed_of(row.key) + n, nothing});
                const auto* done = std::get_if<dialogs::stepped>(&got);
                if (done == nullptr)
                    return outcome::needs_facts;
                const auto replies = dialogs::serialise(done->out.replies);
                const bool same_state = dialogs::serialise(done->after) == row.state;
                if (replies == row.replies && same_state)
                    return outcome::same;
                if (n == 0) {
                    first = replies == row.replies ? outcome::state_differs : outcome::replies_differ;
                    said_now_ = replies;
                }
            }
            return first;
        } catch (const std::invalid_argument&) {
            return outcome::unreadable;
        }
    }

    void tell(const storage::citizen& who, const storage::journal_row& row, outcome what)
    {
        switch (what) {
        case outcome::same: ++count.same; return;
        case outcome::needs_facts: ++count.unknown; return;
        case outcome::unreadable: ++count.unreadable; break;
        case outcome::replies_differ: ++count.replies; break;
        case outcome::state_differs: ++count.states; break;
        }
        if (shown_++ >= options_.show)
            return;
        out_ << "citizen " << who.id.value << " turn " << row.turn_no << ": ";
        if (what == outcome::replies_differ)
            out_ << "says something else\n  then: " << row.replies << "\n  now:  " << said_now_ << '\n';
        else
            out_ << (what == outcome::state_differs ? "says the same, goes on elsewhere\n" : "cannot be read\n");
    }

    const dialogs::engine& engine_;
    const replay_options& options_;
    std::ostream& out_;
    std::string said_now_;
    int shown_ = 0;
};

}  // namespace

int replay(const replay_options& options, std::ostream& out)
{
    opened site(options.settings);
    const auto engine = load_engine(options.settings.dialogs_directory, "", options.settings.models_directory);
    storage::desk desk(*site.db, site.keys);
    storage::turn_journal journal(*site.db, site.keys);
    again run(*engine, options, out);
    bot::citizen_id after{options.all ? 0 : options.citizen - 1};
    for (;;) {
        const auto people = expect(desk.citizens(after, options.all ? page : 1), "replay");
        for (const auto& who : people) {
            after = who.id;
            if (!options.all && who.id.value != options.citizen)
                throw std::runtime_error("citizen " + std::to_string(options.citizen) + ": not_found");
            run.conversation(who, expect(journal.history(who), "replay"));
        }
        if (people.empty() && !options.all)
            throw std::runtime_error("citizen " + std::to_string(options.citizen) + ": not_found");
        if (people.empty() || !options.all)
            break;
    }
    const auto& count = run.count;
    out << count.citizens << " conversations, " << count.turns << " turns: " << count.same << " the same, " << count.replies
        << " say something else, " << count.states << " go on elsewhere, " << count.unreadable << " cannot be read, "
        << count.unknown << " not compared (they asked for facts of their moment)\n";
    return count.replies + count.states + count.unreadable == 0 ? 0 : 1;
}

}  // namespace bot::app
