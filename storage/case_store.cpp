#include "storage/case_store.hpp"

#include "storage/case_queue.hpp"
#include "storage/case_rows.hpp"
#include "storage/instants.hpp"
#include "storage/places.hpp"
#include "storage/services/facts.hpp"

#include <algorithm>

namespace storage {
namespace {

constexpr std::string_view entry_columns =
    "d.id, d.code, d.state, d.dispute_type, d.unit, d.amount_fen, d.submitted_at, d.accept_by,"
    " q.owner, q.token, q.lease_until";

queue_entry read_entry(sql::statement& q)
{
    queue_entry out;
    out.id = bot::case_id{q.integer(0)};
    out.code = q.bytes(1);
    out.state = q.bytes(2);
    out.dispute_type = q.bytes(3);
    out.unit = q.bytes(4);
    if (!q.is_null(5)) out.amount_fen = q.integer(5);
    out.submitted_at = instant_of(q.integer(6));
    out.accept_by = optional_instant(q, 7);
    if (!q.is_null(8)) out.owner = q.bytes(8);  // NULL: the case has ended, its line is gone
    if (!q.is_null(9)) out.token = q.integer(9);
    out.lease_until = optional_instant(q, 10);
    return out;
}

// A case as it lies in its rows: the texts are still sealed.
struct sealed_case {
    bool found = false;
    case_record record;
    std::string wrapped_key;
};

bot::result<void> open_fields(sealed_case& it, const data_key& key)
{
    dialogs::file_case& filed = it.record.filed;
    const auto open_in_place = [&key](std::string& field, std::string_view at) -> bot::result<void> {
        auto clear = open(key, at, field);
        if (!clear) return clear.error();
        field = std::move(*clear);
        return {};
    };
    for (const sealed_field& field : sealed_fields()) {
        const place at("dispute_case", field.column, filed.id.value);
        if (auto opened = open_in_place(field.of(filed), at); !opened) return opened;
    }
    std::int64_t nth = 0;
    for (dialogs::evidence& each : filed.evidence) {
        const place at("case_evidence", "media_id", filed.id.value, nth++);
        if (auto opened = open_in_place(each.media_id, at); !opened) return opened;
    }
    nth = 0;
    for (dialogs::detail& each : filed.details) {
        const place at("case_detail", "value", filed.id.value, nth++);
        if (auto opened = open_in_place(each.value, at); !opened) return opened;
    }
    return {};
}

}  // namespace

struct case_store::impl {
    impl(sql::connection& db, const keyring& keys) : db_(db), keys_(keys) {}

    bot::result<std::vector<queue_entry>> list(const queue_filter& filter, bot::instant now);
    bot::result<case_record> show(std::string_view code);
    bot::result<std::vector<dialogs::case_view>> cases_of(bot::citizen_id who, bot::instant now);

    sql::connection& db_;

private:
    sealed_case read_case(std::string_view code);
    void read_evidence(dialogs::file_case& filed);
    void read_parts(dialogs::file_case& filed);

    const keyring& keys_;
};

bot::result<std::vector<queue_entry>> case_store::impl::list(const queue_filter& filter, bot::instant now)
{
    std::string text = "SELECT " + std::string(entry_columns) +
                       " FROM mediator_queue q JOIN dispute_case d ON d.id = q.case_id WHERE 1 = 1";
    if (!filter.unit.empty()) text += " AND q.unit = ?";
    if (filter.free_only) text += " AND (q.owner = '' OR q.lease_until < ?)";
    text += " ORDER BY q.due_at, q.submitted_at, q.case_id LIMIT ?";

    std::vector<queue_entry> out;
    auto read = sql::run_query(db_, [&] {
        out.clear();
        sql::statement& q = db_.prepare(text);
        int at = 0;
        if (!filter.unit.empty()) q.bind_text(at++, filter.unit);
        if (filter.free_only) q.bind(at++, ms(now));
        q.bind(at, std::max(filter.limit, 0));
        q.query();
        while (q.next()) out.push_back(read_entry(q));
    });
    if (!read) return read.error();
    return out;
}

bot::result<case_record> case_store::impl::show(std::string_view code)
{
    sealed_case it;
    auto read = sql::run_query(db_, [&] { it = read_case(code); });
    if (!read) return read.error();
    if (!it.found) return bot::errc::not_found;
    auto key = keys_.unwrap(it.wrapped_key, it.record.citizen.value);
    if (!key) return key.error();
    if (auto opened = open_fields(it, *key); !opened) return opened.error();
    return std::move(it.record);
}

sealed_case case_store::impl::read_case(std::string_view code)
{
    std::string text = "SELECT " + std::string(entry_columns) + ", d.citizen_id, d.minor, c.wrapped_key";
    for (const sealed_field& field : sealed_fields()) text.append(", d.").append(field.column);
    text +=
        " FROM dispute_case d LEFT JOIN mediator_queue q ON q.case_id = d.id JOIN citizen c ON c.id = d.citizen_id"
        " WHERE d.code = ?";
    sealed_case out;
    sql::statement& q = db_.prepare(text);
    q.bind_text(0, code);
    q.query();
    if (!q.next()) return out;
    out.found = true;
    queue_entry& entry = out.record.entry;
    dialogs::file_case& filed = out.record.filed;
    entry = read_entry(q);
    out.record.citizen = bot::citizen_id{q.integer(11)};
    filed.minor = q.integer(12) != 0;
    out.wrapped_key = q.is_null(13) ? std::string() : q.bytes(13);
    int column = 14;
    for (const sealed_field& field : sealed_fields()) field.of(filed) = q.bytes(column++);
    filed.id = entry.id;
    filed.code = entry.code;
    filed.submitted_at = entry.submitted_at;
    filed.accept_by = entry.accept_by;
    filed.dispute_type = entry.dispute_type;
    filed.unit = entry.unit;
    filed.amount_fen = entry.amount_fen;
    read_evidence(filed);
    read_parts(filed);
    return out;
}

// What only some cases have.
void case_store::impl::read_parts(dialogs::file_case& filed)
{
    sql::statement& extra = db_.prepare(
        "SELECT second_type, contact_blocked, cleared_at FROM case_extra WHERE case_id = ?"
    );
    extra.bind(0, filed.id.value);
    extra.query();
    if (extra.next()) {
        filed.second_type = extra.bytes(0);
        filed.contact_blocked = extra.integer(1) != 0 && extra.is_null(2);
    }
    sql::statement& details =
        db_.prepare("SELECT id, label, value FROM case_detail WHERE case_id = ? ORDER BY nth");
    details.bind(0, filed.id.value);
    details.query();
    while (details.next()) filed.details.push_back({details.bytes(0), details.bytes(1), details.bytes(2)});
    sql::statement& flags = db_.prepare("SELECT flag FROM case_flag WHERE case_id = ? ORDER BY flag");
    flags.bind(0, filed.id.value);
    flags.query();
    while (flags.next()) filed.flags.push_back(flags.bytes(0));
}

void case_store::impl::read_evidence(dialogs::file_case& filed)
{
    sql::statement& q =
        db_.prepare("SELECT kind, media_id, received_at FROM case_evidence WHERE case_id = ? ORDER BY nth");
    q.bind(0, filed.id.value);
    q.query();
    while (q.next()) filed.evidence.push_back({q.bytes(0), q.bytes(1), instant_of(q.integer(2))});
}

bot::result<std::vector<dialogs::case_view>> case_store::impl::cases_of(bot::citizen_id who, bot::instant now)
{
    std::vector<dialogs::case_view> out;
    auto read = sql::run_query(db_, [&] { out = read_cases_of(db_, who, now); });
    if (!read) return read.error();
    return out;
}

case_store::case_store(sql::connection& db, const keyring& keys) : impl_(std::make_unique<impl>(db, keys)) {}
case_store::~case_store() = default;

bot::result<std::vector<queue_entry>> case_store::list(const queue_filter& filter, bot::instant now)
{
    return impl_->list(filter, now);
}

bot::result<case_record> case_store::show(std::string_view code)
{
    return impl_->show(code);
}

bot::result<claim> case_store::claim_case(
    std::string_view code, std::string_view owner, bot::instant now, std::chrono::seconds lease
)
{
    const claim_attempt how{owner, ms(now), ms(now + lease)};
    return code.empty() ? claim_next(impl_->db_, how) : claim_by_code(impl_->db_, code, how);
}

bot::result<void> case_store::release(std::string_view code, std::int64_t token)
{
    return release_claim(impl_->db_, code, token);
}

bot::result<std::vector<dialogs::case_view>> case_store::cases_of(bot::citizen_id who, bot::instant now)
{
    return impl_->cases_of(who, now);
}

}  // namespace storage
