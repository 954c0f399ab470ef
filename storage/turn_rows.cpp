#include "storage/turn_rows.hpp"

#include "storage/crypto/sealing.hpp"
#include "storage/effects/effect_rows.hpp"
#include "storage/instants.hpp"
#include "storage/places.hpp"

namespace storage {
namespace {

// Of the master key; rotation will add versions.
constexpr std::int64_t master_key_version = 1;

// A buffer that one huge batch has grown is not kept for ever.
constexpr std::size_t kept_buffer = 4 * 1024 * 1024;

struct citizen_row {
    std::int64_t id = 0;
    const turn_append* from = nullptr;
    short_hash hash{};
    std::string address;
    std::string wrapped;
};

struct consent_row {
    const turn_append* from = nullptr;
    std::int64_t nth = 0;
    const dialogs::consent_given* given = nullptr;
};

struct alert_row {
    const turn_append* from = nullptr;
    std::int64_t nth = 0;
    const dialogs::crisis_alert* alert = nullptr;
    std::string reasons;
};

std::string one_a_line(const std::vector<std::string>& reasons)
{
    std::string out;
    for (const std::string& reason : reasons) out += (out.empty() ? "" : "\n") + reason;
    return out;
}

}  // namespace

short_hash address_hash(const keyring& keys, const address& where)
{
    std::string both;
    both.reserve(where.account.size() + 1 + where.person.size());
    both.append(where.account).append(1, '\0').append(where.person);
    return keys.hash("address", both);
}

void turn_rows::seal(std::span<const turn_append> turns)
{
    std::size_t bytes = 0;
    for (const turn_append& turn : turns)
        bytes += turn.inbound.size() + turn.replies.size() + turn.state.size() + 3 * seal_overhead;
    if (sealed_.capacity() > kept_buffer && bytes < kept_buffer) std::string().swap(sealed_);
    sealed_.clear();
    sealed_.reserve(bytes);  // never moved from here on, so that the views stay valid
    turns_.clear();
    for (const turn_append& turn : turns) {
        const auto field = [&](std::string_view column, std::string_view clear) {
            const std::size_t start = sealed_.size();
            seal_to(sealed_, turn.who.key, place("turn", column, turn.who.id.value, turn.turn_no), clear);
            return std::string_view(sealed_).substr(start);
        };
        sealed_turn row{&turn, {}, {}, {}};
        row.inbound = field("inbound", turn.inbound);
        row.replies = field("replies", turn.replies);
        row.state = field("state", turn.state);
        turns_.push_back(row);
    }
}

void turn_rows::insert(sql::connection& db, const keyring& keys, std::span<const std::size_t> which)
{
    insert_citizens(db, keys, which);
    insert_turns(db, which);
    insert_effects(db, keys, which);
}

void turn_rows::insert_citizens(sql::connection& db, const keyring& keys, std::span<const std::size_t> which)
{
    std::vector<citizen_row> rows;
    for (const std::size_t i : which) {
        const turn_append& turn = *turns_[i].from;
        if (!turn.first_seen) continue;
        const std::int64_t id = turn.who.id.value;
        rows.push_back(
            {id,
             &turn,
             address_hash(keys, *turn.first_seen),
             storage::seal(turn.who.key, place("citizen", "address", id), turn.first_seen->person),
             keys.wrap(turn.who.key, id)}
        );
    }
    citizen_insert_.run(db, rows.size(), [&](sql::statement& q, int at, std::size_t n) {
        const citizen_row& row = rows[n];
        q.bind(at, row.id);
        q.bind_text(at + 1, row.from->first_seen->account);
        q.bind_bytes(at + 2, as_bytes(row.hash));
        q.bind_bytes(at + 3, row.address);
        q.bind_bytes(at + 4, row.wrapped);
        q.bind(at + 5, master_key_version);
        q.bind(at + 6, ms(row.from->at));
    });
}

void turn_rows::insert_turns(sql::connection& db, std::span<const std::size_t> which)
{
    const auto size_of = [&](std::size_t n) {
        const sealed_turn& row = turns_[which[n]];
        return row.inbound.size() + row.replies.size() + row.state.size();
    };
    turn_insert_.run(db, which.size(), size_of, [&](sql::statement& q, int at, std::size_t n) {
        const sealed_turn& row = turns_[which[n]];
        q.bind(at, row.from->who.id.value);
        q.bind(at + 1, row.from->turn_no);
        q.bind_bytes(at + 2, as_bytes(row.from->key));
        q.bind(at + 3, ms(row.from->at));
        q.bind_bytes(at + 4, row.inbound);
        q.bind_bytes(at + 5, row.replies);
        q.bind_bytes(at + 6, row.state);
    });
}

void turn_rows::insert_effects(sql::connection& db, const keyring& keys, std::span<const std::size_t> which)
{
    std::vector<case_row> filed;
    std::vector<consent_row> consents;
    std::vector<alert_row> alerts;
    for (const std::size_t i : which) {
        const turn_append& turn = *turns_[i].from;
        std::int64_t nth = 0;
        for (const dialogs::effect& effect : turn.effects) {
            if (const auto* it = std::get_if<dialogs::file_case>(&effect))
                filed.push_back(seal_case(*it, turn.who.id.value, turn.turn_no, turn.who.key, keys));
            else if (const auto* it = std::get_if<dialogs::consent_given>(&effect); it && it->scope == "notice")
                consents.push_back({&turn, nth, it});
            else if (const auto* it = std::get_if<dialogs::crisis_alert>(&effect))
                alerts.push_back({&turn, nth, it, one_a_line(it->reasons)});
            ++nth;
        }
    }
    insert_cases(db, filed);
    consent_insert_.run(db, consents.size(), [&](sql::statement& q, int at, std::size_t n) {
        q.bind(at, consents[n].from->who.id.value);
        q.bind(at + 1, consents[n].from->turn_no);
        q.bind(at + 2, consents[n].nth);
        q.bind_text(at + 3, consents[n].given->notice_version);
        q.bind(at + 4, ms(consents[n].given->at));
    });
    alert_insert_.run(db, alerts.size(), [&](sql::statement& q, int at, std::size_t n) {
        q.bind(at, alerts[n].from->who.id.value);
        q.bind(at + 1, alerts[n].from->turn_no);
        q.bind(at + 2, alerts[n].nth);
        q.bind_text(at + 3, alerts[n].alert->level);
        q.bind_text(at + 4, alerts[n].reasons);
        q.bind(at + 5, ms(alerts[n].alert->at));
    });
    for (const std::size_t i : which)
        if (const turn_append& turn = *turns_[i].from; !turn.effects.empty()) insert_effect_rows(db, keys, turn);
}

}  // namespace storage
