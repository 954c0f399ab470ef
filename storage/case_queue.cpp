#include "storage/case_queue.hpp"

#include "storage/instants.hpp"

#include <optional>
#include <random>
#include <string>
#include <vector>

namespace storage {
namespace {

// How many free cases are looked at before one is picked by lot, so that claimers seldom meet on the same
// row.
constexpr int candidates_at_once = 20;
// Rounds of looking and claiming before a claimer that lost every race gives up.
constexpr int most_rounds = 50;

// A case as a claimer sees it before it tries.
struct candidate {
    bot::case_id id;
    std::string code;
    std::int64_t token = 0;
    std::string owner;
    std::int64_t lease_until = 0;
};

enum class race { won, lost };

candidate read_candidate(sql::statement& q)
{
    return {
        bot::case_id{q.integer(0)}, q.bytes(1), q.integer(2), q.bytes(3), q.is_null(4) ? 0 : q.integer(4)
    };
}

bool is_free(const candidate& it, std::int64_t now)
{
    return it.owner.empty() || it.lease_until < now;
}

std::size_t by_lot(std::size_t count)
{
    thread_local std::minstd_rand random{std::random_device{}()};
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
}

claim claimed(const candidate& it, const claim_attempt& how)
{
    return {it.id, it.code, it.token + 1, instant_of(how.lease_until)};
}

bot::result<std::optional<candidate>> find(sql::connection& db, std::string_view code)
{
    std::optional<candidate> out;
    auto read = sql::run_query(db, [&] {
        out.reset();
        sql::statement& q = db.prepare(
            "SELECT q.case_id, d.code, q.token, q.owner, q.lease_until FROM dispute_case d"
            " JOIN mediator_queue q ON q.case_id = d.id WHERE d.code = ?"
        );
        q.bind_text(0, code);
        q.query();
        if (q.next()) out = read_candidate(q);
    });
    if (!read) return read.error();
    return out;
}

bot::result<std::vector<candidate>> free_ones(sql::connection& db, std::int64_t now)
{
    std::vector<candidate> out;
    auto read = sql::run_query(db, [&] {
        out.clear();
        sql::statement& q = db.prepare(
            "SELECT q.case_id, d.code, q.token, q.owner, q.lease_until FROM mediator_queue q"
            " JOIN dispute_case d ON d.id = q.case_id WHERE q.owner = '' OR q.lease_until < ?"
            " ORDER BY q.due_at, q.submitted_at, q.case_id LIMIT ?"
        );
        q.bind(0, now);
        q.bind(1, candidates_at_once);
        q.query();
        while (q.next()) out.push_back(read_candidate(q));
    });
    if (!read) return read.error();
    return out;
}

bot::result<race> was_taken(sql::connection& db, const candidate& it, const claim_attempt& how)
{
    bool ours = false;
    auto read = sql::run_query(db, [&] {
        sql::statement& q = db.prepare(
            "SELECT COUNT(*) FROM mediator_queue WHERE case_id = ? AND token = ? AND owner = ? AND "
            "lease_until = ?"
        );
        q.bind(0, it.id.value);
        q.bind(1, it.token + 1);
        q.bind_text(2, how.owner);
        q.bind(3, how.lease_until);
        q.query();
        ours = q.next() && q.integer(0) == 1;
    });
    if (!read) return read.error();
    if (!ours) return bot::errc::storage_down;
    return race::won;
}

// The WHERE clause is the lock: of two claimers that saw the same token, one finds it grown.
bot::result<race> take(sql::connection& db, const candidate& it, const claim_attempt& how)
{
    std::int64_t rows = 0;
    auto done = sql::run_transaction(db, [&] {
        sql::statement& q = db.prepare(
            "UPDATE mediator_queue SET owner = ?, token = token + 1, claimed_at = ?, lease_until = ?"
            " WHERE case_id = ? AND token = ? AND (owner = '' OR owner = ? OR lease_until < ?)"
        );
        q.bind_text(0, how.owner);
        q.bind(1, how.now);
        q.bind(2, how.lease_until);
        q.bind(3, it.id.value);
        q.bind(4, it.token);
        q.bind_text(5, how.owner);
        q.bind(6, how.now);
        rows = q.execute();
    });
    if (done) return rows == 1 ? race::won : race::lost;
    if (done.error() != bot::errc::storage_down) return done.error();
    return was_taken(db, it, how);  // the answer to COMMIT may have been lost
}

}  // namespace

bot::result<claim> claim_by_code(sql::connection& db, std::string_view code, const claim_attempt& how)
{
    auto found = find(db, code);
    if (!found) return found.error();
    if (!*found) return bot::errc::not_found;
    const candidate& it = **found;
    if (!is_free(it, how.now) && it.owner != how.owner) return bot::errc::conflict;
    auto won = take(db, it, how);
    if (!won) return won.error();
    if (*won == race::lost) return bot::errc::conflict;
    return claimed(it, how);
}

bot::result<claim> claim_next(sql::connection& db, const claim_attempt& how)
{
    for (int round = 0; round < most_rounds; ++round) {
        auto found = free_ones(db, how.now);
        if (!found) return found.error();
        if (found->empty()) return bot::errc::not_found;
        // The most urgent first; only who lost a race spreads out.
        const candidate& it = (*found)[round == 0 ? 0 : by_lot(found->size())];
        auto won = take(db, it, how);
        if (!won) return won.error();
        if (*won == race::won) return claimed(it, how);
    }
    return bot::errc::conflict;
}

// Also true when the same release was done before: after a lost answer it is simply repeated.
bot::result<void> release_claim(sql::connection& db, std::string_view code, std::int64_t token)
{
    auto found = find(db, code);
    if (!found) return found.error();
    if (!*found) return bot::errc::not_found;
    const auto give_back = [&](std::int64_t& rows) {
        return sql::run_transaction(db, [&] {
            sql::statement& q = db.prepare(
                "UPDATE mediator_queue SET owner = '', claimed_at = NULL, lease_until = NULL"
                " WHERE case_id = ? AND token = ?"
            );
            q.bind(0, (*found)->id.value);
            q.bind(1, token);
            rows = q.execute();
        });
    };
    std::int64_t rows = 0;
    auto done = give_back(rows);
    if (!done && done.error() == bot::errc::storage_down) done = give_back(rows);
    if (!done) return done;
    if (rows == 0) return bot::errc::conflict;
    return {};
}

}  // namespace storage
