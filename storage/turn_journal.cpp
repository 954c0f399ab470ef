#include "storage/turn_journal.hpp"

#include "storage/instants.hpp"
#include "storage/places.hpp"
#include "storage/turn_rows.hpp"

#include <algorithm>
#include <numeric>

namespace storage {
namespace {

bot::result<std::string> open_turn_field(
    const data_key& key,
    std::string_view column,
    std::int64_t citizen,
    std::int64_t turn_no,
    std::string_view sealed
)
{
    return open(key, place("turn", column, citizen, turn_no), sealed);
}

// What load() reads in its one round trip, still sealed.
struct loaded_row {
    bool found = false;
    std::int64_t citizen = 0;
    std::string wrapped;
    std::int64_t head_no = 0;
    std::string head_state;
    std::int64_t answer_no = 0;
    std::int64_t answer_at = 0;
    std::string answer;
};

constexpr std::string_view load_text =
    "SELECT c.id, c.wrapped_key, h.turn_no, h.state, a.turn_no, a.at, a.replies FROM citizen c"
    " LEFT JOIN turn h ON h.citizen_id = c.id"
    " AND h.turn_no = (SELECT MAX(m.turn_no) FROM turn m WHERE m.citizen_id = c.id)"
    " LEFT JOIN turn a ON a.citizen_id = c.id AND a.delivery_key = ?"
    " WHERE c.address_hash = ?";

loaded_row read_loaded(sql::connection& db, std::string_view delivery, std::string_view address)
{
    loaded_row out;
    sql::statement& q = db.prepare(load_text);
    q.bind_bytes(0, delivery);
    q.bind_bytes(1, address);
    q.query();
    if (!q.next()) return out;
    out.found = true;
    out.citizen = q.integer(0);
    out.wrapped = q.is_null(1) ? std::string() : q.bytes(1);
    if (!q.is_null(2)) {
        out.head_no = q.integer(2);
        out.head_state = q.bytes(3);
    }
    if (!q.is_null(4)) {
        out.answer_no = q.integer(4);
        out.answer_at = q.integer(5);
        out.answer = q.bytes(6);
    }
    return out;
}

bot::result<loaded> open_loaded(const loaded_row& row, const keyring& keys)
{
    loaded out;
    if (!row.found) return out;
    auto key = keys.unwrap(row.wrapped, row.citizen);
    if (!key) return key.error();
    journal_head head{{bot::citizen_id{row.citizen}, *key}, static_cast<std::int32_t>(row.head_no), {}};
    if (row.head_no > 0) {
        auto state = open_turn_field(*key, "state", row.citizen, row.head_no, row.head_state);
        if (!state) return state.error();
        head.state = std::move(*state);
    }
    if (row.answer_no > 0) {
        auto replies = open_turn_field(*key, "replies", row.citizen, row.answer_no, row.answer);
        if (!replies) return replies.error();
        out.answered = {
            static_cast<std::int32_t>(row.answer_no), instant_of(row.answer_at), std::move(*replies)
        };
    }
    out.head = std::move(head);
    return out;
}

}  // namespace

struct turn_journal::impl {
    impl(sql::connection& db, const keyring& keys) : db_(db), keys_(keys) {}

    bot::result<loaded> load(const address& where, const delivery_key& key)
    {
        const short_hash hash = address_hash(keys_, where);
        loaded_row row;
        auto read = sql::run_query(db_, [&] { row = read_loaded(db_, as_bytes(key), as_bytes(hash)); });
        if (!read) return read.error();
        return open_loaded(row, keys_);
    }

    bot::result<std::vector<append_outcome>> append(std::span<const turn_append> turns)
    {
        rows_.seal(turns);
        verdicts_.assign(turns.size(), verdict::open);
        std::vector<std::size_t> open(turns.size());
        std::iota(open.begin(), open.end(), std::size_t{0});
        // Two replicas that write the same citizens meet in the same order: they wait and do not deadlock.
        std::ranges::sort(open, {}, [&](std::size_t i) { return turns[i].who.id; });

        // A round stores all that is open, or finds out about at least one turn, or fails.
        while (!open.empty()) {
            auto written = write(open);
            if (written) {
                decide(open, verdict::stored);
                break;
            }
            if (written.error() == bot::errc::storage_failed) return written.error();
            // A duplicate, or a commit whose outcome is not known: what lies there now tells.
            if (auto looked = look_up(open); !looked) return looked.error();
            const std::size_t before = open.size();
            std::erase_if(open, [&](std::size_t i) { return verdicts_[i] != verdict::open; });
            if (open.size() < before) continue;
            auto alone = write_one_by_one(open, written.error() == bot::errc::conflict);
            if (!alone) return alone.error();
            break;
        }
        return outcomes();
    }

    bot::result<std::vector<journal_row>> history(const citizen& who);

private:
    enum class verdict { open, stored, conflict };

    bot::result<void> write(std::span<const std::size_t> which)
    {
        return sql::run_transaction(db_, [&] { rows_.insert(db_, keys_, which); });
    }

    void decide(std::span<const std::size_t> which, verdict what)
    {
        for (const std::size_t i : which) verdicts_[i] = what;
    }

    bot::result<void> write_one_by_one(std::span<const std::size_t> which, bool was_conflict);
    bot::result<void> look_up(std::span<const std::size_t> which);
    void look_up_turns(std::span<const std::size_t> which);
    void look_up_citizens(std::span<const std::size_t> which);

    std::vector<append_outcome> outcomes() const
    {
        std::vector<append_outcome> out;
        for (const verdict each : verdicts_)
            out.push_back(each == verdict::stored ? append_outcome::stored : append_outcome::conflict);
        return out;
    }

    sql::connection& db_;
    const keyring& keys_;
    turn_rows rows_;
    std::vector<verdict> verdicts_;
};

// When nothing in the journal explains it: the rival has rolled back since, the duplicate is in an effect's
// row or within the batch, or the lost commit never happened.
bot::result<void> turn_journal::impl::write_one_by_one(std::span<const std::size_t> which, bool was_conflict)
{
    if (!was_conflict) {
        auto again = write(which);
        if (again) decide(which, verdict::stored);
        if (again || again.error() != bot::errc::conflict) return again;
    }
    for (const std::size_t& i : which) {
        const std::span<const std::size_t> one(&i, 1);
        auto done = write(one);
        if (!done && done.error() != bot::errc::conflict) {
            if (auto looked = look_up(one); !looked || verdicts_[i] == verdict::open) return done;
            continue;
        }
        if (done) {
            verdicts_[i] = verdict::stored;
            continue;
        }
        if (auto looked = look_up(one); !looked) return looked;
        if (verdicts_[i] == verdict::open) verdicts_[i] = verdict::conflict;
    }
    return {};
}

bot::result<void> turn_journal::impl::look_up(std::span<const std::size_t> which)
{
    return sql::run_query(db_, [&] {
        look_up_turns(which);
        look_up_citizens(which);
    });
}

// By delivery key and by turn number, several turns a round trip. A row with our own ciphertext is ours:
// nobody else can have the same nonces.
void turn_journal::impl::look_up_turns(std::span<const std::size_t> which)
{
    constexpr std::size_t at_once = 8;
    constexpr std::string_view arm =
        "SELECT ?, replies FROM turn WHERE citizen_id = ? AND delivery_key = ? UNION ALL "
        "SELECT ?, replies FROM turn WHERE citizen_id = ? AND turn_no = ?";
    for (std::size_t from = 0; from < which.size(); from += at_once) {
        const auto portion = which.subspan(from, std::min(at_once, which.size() - from));
        std::string text(arm);
        for (std::size_t n = 1; n < portion.size(); ++n) text.append(" UNION ALL ").append(arm);
        sql::statement& q = db_.prepare(text);
        int at = 0;
        for (const std::size_t i : portion) {
            const turn_append& turn = *rows_.turns()[i].from;
            q.bind(at++, static_cast<std::int64_t>(i));
            q.bind(at++, turn.who.id.value);
            q.bind_bytes(at++, as_bytes(turn.key));
            q.bind(at++, static_cast<std::int64_t>(i));
            q.bind(at++, turn.who.id.value);
            q.bind(at++, turn.turn_no);
        }
        q.query();
        while (q.next()) {
            const auto i = static_cast<std::size_t>(q.integer(0));
            const bool ours = q.bytes(1) == rows_.turns()[i].replies;
            verdicts_[i] = ours ? verdict::stored : verdict::conflict;
        }
    }
}

void turn_journal::impl::look_up_citizens(std::span<const std::size_t> which)
{
    for (const std::size_t i : which) {
        const turn_append& turn = *rows_.turns()[i].from;
        if (verdicts_[i] != verdict::open || !turn.first_seen) continue;
        const short_hash hash = address_hash(keys_, *turn.first_seen);
        sql::statement& q = db_.prepare("SELECT id FROM citizen WHERE address_hash = ? OR id = ?");
        q.bind_bytes(0, as_bytes(hash));
        q.bind(1, turn.who.id.value);
        q.query();
        if (q.next()) verdicts_[i] = verdict::conflict;
    }
}

bot::result<std::vector<journal_row>> turn_journal::impl::history(const citizen& who)
{
    std::vector<journal_row> out;
    auto read = sql::run_query(db_, [&] {
        out.clear();
        sql::statement& q = db_.prepare(
            "SELECT turn_no, delivery_key, at, inbound, replies, state FROM turn WHERE citizen_id = ? ORDER "
            "BY turn_no"
        );
        q.bind(0, who.id.value);
        q.query();
        while (q.next()) {
            journal_row row;
            row.turn_no = static_cast<std::int32_t>(q.integer(0));
            const std::string key = q.bytes(1);
            std::copy_n(key.begin(), std::min(key.size(), row.key.size()), row.key.begin());
            row.at = instant_of(q.integer(2));
            row.inbound = q.bytes(3);
            row.replies = q.bytes(4);
            row.state = q.bytes(5);
            out.push_back(std::move(row));
        }
    });
    if (!read) return read.error();
    for (journal_row& row : out)
        for (auto [column, field] :
             {std::pair{"inbound", &row.inbound}, {"replies", &row.replies}, {"state", &row.state}}) {
            auto clear = open_turn_field(who.key, column, who.id.value, row.turn_no, *field);
            if (!clear) return clear.error();
            *field = std::move(*clear);
        }
    return out;
}

turn_journal::turn_journal(sql::connection& db, const keyring& keys) : impl_(std::make_unique<impl>(db, keys))
{
}
turn_journal::~turn_journal() = default;

bot::result<loaded> turn_journal::load(const address& where, const delivery_key& key)
{
    return impl_->load(where, key);
}

bot::result<std::vector<append_outcome>> turn_journal::append(std::span<const turn_append> turns)
{
    return impl_->append(turns);
}

bot::result<std::vector<journal_row>> turn_journal::history(const citizen& who)
{
    return impl_->history(who);
}

}  // namespace storage
