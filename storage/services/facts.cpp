#include "storage/services/facts.hpp"

#include "storage/effects/row.hpp"
#include "storage/instants.hpp"
#include "storage/places.hpp"

namespace storage {
namespace {

constexpr int most_slots = 30;
constexpr int most_services = 30;

// An invitation as it lies in its rows and the case's: the texts are still sealed under the applicant's key.
struct sealed_invitation {
    dialogs::invitation_view view;
    std::int64_t case_id = 0;
    std::int64_t applicant_id = 0;
    std::string applicant, requests, wrapped_key;
};

std::vector<dialogs::appointment_view> read_appointments_of(
    sql::connection& db, bot::citizen_id who, bot::instant now
)
{
    std::vector<dialogs::appointment_view> out;
    sql::statement& q = db.prepare(
        "SELECT a.id, a.kind, a.starts_at, s.place, s.with_whom, a.case_code FROM appointment a"
        " JOIN appointment_slot s ON s.id = a.slot_id"
        " WHERE a.citizen_id = ? AND a.state = 'booked' AND a.starts_at >= ? ORDER BY a.starts_at, a.id"
    );
    q.bind(0, who.value);
    q.bind(1, ms(now));
    q.query();
    while (q.next())
        out.push_back(
            {bot::record_id{q.integer(0)},
             q.bytes(1),
             instant_of(q.integer(2)),
             q.bytes(3),
             q.bytes(4),
             q.bytes(5)}
        );
    return out;
}

std::vector<dialogs::slot_view> read_free_slots(sql::connection& db, std::string_view kind, bot::instant now)
{
    std::vector<dialogs::slot_view> out;
    sql::statement& q = db.prepare(
        "SELECT id, starts_at, place, with_whom FROM appointment_slot"
        " WHERE kind = ? AND starts_at > ? AND taken < capacity ORDER BY starts_at, id LIMIT ?"
    );
    q.bind_text(0, kind);
    q.bind(1, ms(now));
    q.bind(2, most_slots);
    q.query();
    while (q.next()) out.push_back({q.integer(0), instant_of(q.integer(1)), q.bytes(2), q.bytes(3)});
    return out;
}

std::optional<sealed_invitation> read_invitation(
    sql::connection& db, std::string_view code, bot::citizen_id who, bot::instant now
)
{
    static const std::string text =
        "SELECT i.state, i.invited_at, i.expires_at, d.dispute_type, d.unit, d.citizen_id, d.id,"
        " d.applicant_name, d.requests, c.wrapped_key, COALESCE(e.contact_blocked, 0), e.cleared_at,"
        " CASE WHEN d.state" +
        open_states() +
        " THEN 1 ELSE 0 END FROM invitation i JOIN dispute_case d ON d.id = i.case_id"
        " JOIN citizen c ON c.id = d.citizen_id LEFT JOIN case_extra e ON e.case_id = d.id WHERE i.code = ?";
    sql::statement& q = db.prepare(text);
    q.bind_text(0, code);
    q.query();
    if (!q.next() || q.is_null(9)) return std::nullopt;
    sealed_invitation out;
    out.view.code = code;
    out.view.state = q.bytes(0);
    out.view.invited_at = instant_of(q.integer(1));
    out.view.dispute_type = q.bytes(3);
    out.view.unit = q.bytes(4);
    out.applicant_id = q.integer(5);
    out.view.own = out.applicant_id == who.value;
    out.case_id = q.integer(6);
    out.applicant = q.bytes(7);
    out.requests = q.bytes(8);
    out.wrapped_key = q.bytes(9);
    const bool blocked = q.integer(10) != 0 && q.is_null(11);
    const bool over = q.integer(2) < ms(now) || q.integer(12) == 0;
    if (blocked)
        out.view.state = "blocked";
    else if (out.view.state == "revoked" || (out.view.state == "open" && over))
        out.view.state = "expired";
    return out;
}

bot::result<dialogs::invitation_view> open_invitation(sealed_invitation it, const keyring& keys)
{
    auto key = keys.unwrap(it.wrapped_key, it.applicant_id);
    if (!key) return key.error();
    auto name = open(*key, place("dispute_case", "applicant_name", it.case_id), it.applicant);
    if (!name) return name.error();
    auto requests = open(*key, place("dispute_case", "requests", it.case_id), it.requests);
    if (!requests) return requests.error();
    it.view.applicant = shown_name(*name);
    it.view.requests = std::move(*requests);
    return std::move(it.view);
}

std::string state_of_material(bool boxed, const std::optional<bot::instant>& expires, bot::instant now)
{
    if (!boxed) return "delivered";
    return expires && *expires < now ? "expired" : "boxed";
}

std::vector<dialogs::service_view> read_services_of(sql::connection& db, bot::citizen_id who, bot::instant now)
{
    std::vector<dialogs::service_view> out;
    sql::statement& q = db.prepare(
        "SELECT 'complaint', code, state, at, NULL, anonymous FROM complaint WHERE citizen_id = ?"
        " UNION ALL SELECT 'material', COALESCE(box_code, case_code), CASE WHEN box_code IS NULL THEN '' ELSE 'boxed' END,"
        " at, expires_at, 0 FROM material WHERE citizen_id = ?"
        " UNION ALL SELECT kind, code, state, at, NULL, 0 FROM data_request WHERE citizen_id = ?"
        " ORDER BY 4 DESC LIMIT ?"
    );
    for (int at = 0; at < 3; ++at) q.bind(at, who.value);
    q.bind(3, most_services);
    q.query();
    while (q.next()) {
        dialogs::service_view view{q.bytes(0), q.is_null(1) ? "" : q.bytes(1), q.bytes(2), instant_of(q.integer(3))};
        view.until = optional_instant(q, 4);
        view.anonymous = q.integer(5) != 0;
        if (view.kind == "material")
            view.state = state_of_material(!view.state.empty(), view.until, now);
        out.push_back(std::move(view));
    }
    return out;
}

int count_of(sql::connection& db, std::string_view table, bot::citizen_id who)
{
    sql::statement& q = db.prepare("SELECT COUNT(*) FROM " + std::string(table) + " WHERE citizen_id = ?");
    q.bind(0, who.value);
    q.query();
    return q.next() ? static_cast<int>(q.integer(0)) : 0;
}

// The newest notice agreed to, unless agreement was withdrawn since.
std::string notice_version_of(sql::connection& db, bot::citizen_id who)
{
    sql::statement& q = db.prepare(
        "SELECT g.notice_version FROM consent g WHERE g.citizen_id = ? AND NOT EXISTS"
        " (SELECT 1 FROM consent_act w WHERE w.citizen_id = g.citizen_id AND w.act = 'withdrawn'"
        " AND w.scope IN ('notice', 'all') AND (w.turn_no > g.turn_no OR (w.turn_no = g.turn_no AND w.nth > g.nth)))"
        " ORDER BY g.turn_no DESC, g.nth DESC LIMIT 1"
    );
    q.bind(0, who.value);
    q.query();
    return q.next() ? q.bytes(0) : std::string();
}

dialogs::stored_view read_stored(sql::connection& db, bot::citizen_id who)
{
    dialogs::stored_view out;
    out.turns = count_of(db, "turn", who);
    out.cases = count_of(db, "dispute_case", who);
    out.complaints = count_of(db, "complaint", who);
    out.materials = count_of(db, "material", who);
    out.appointments = count_of(db, "appointment", who);
    out.psych = count_of(db, "psych_case", who) + count_of(db, "screening", who);
    sql::statement& q = db.prepare("SELECT created_at FROM citizen WHERE id = ?");
    q.bind(0, who.value);
    q.query();
    if (q.next()) out.since = instant_of(q.integer(0));
    out.consent_version = notice_version_of(db, who);
    return out;
}

// In UTF-8 characters.
std::vector<std::string_view> characters_of(std::string_view text)
{
    std::vector<std::string_view> out;
    for (std::size_t from = 0; from < text.size();) {
        std::size_t to = from + 1;
        while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0) == 0x80) ++to;
        out.push_back(text.substr(from, to - from));
        from = to;
    }
    return out;
}

}  // namespace

std::string shown_name(std::string_view name)
{
    const auto characters = characters_of(name);
    constexpr std::size_t longest_person = 4;
    if (characters.size() > longest_person) return std::string(name);
    // Only two-character family names make a name of four.
    const std::size_t family = characters.size() == longest_person ? 2 : 1;
    std::string out;
    for (std::size_t i = 0; i < characters.size(); ++i) out += i < family ? characters[i] : "*";
    return out;
}

std::vector<dialogs::case_view> read_cases_of(sql::connection& db, bot::citizen_id who, bot::instant now)
{
    std::vector<dialogs::case_view> out;
    sql::statement& q = db.prepare(
        "SELECT d.code, d.state, d.dispute_type, d.unit, d.submitted_at, d.accept_by, q.owner, q.lease_until,"
        " q.claimed_at, e.at, r.score, (SELECT MIN(a.starts_at) FROM appointment a WHERE a.citizen_id = d.citizen_id"
        " AND a.case_code = d.code AND a.kind = 'mediation' AND a.state = 'booked' AND a.starts_at >= ?)"
        " FROM dispute_case d LEFT JOIN mediator_queue q ON q.case_id = d.id LEFT JOIN case_end e ON e.case_id = d.id"
        " LEFT JOIN case_rating r ON r.case_code = d.code WHERE d.citizen_id = ?"
        " ORDER BY d.submitted_at DESC, d.id DESC"
    );
    q.bind(0, ms(now));
    q.bind(1, who.value);
    q.query();
    while (q.next()) {
        dialogs::case_view view;
        view.code = q.bytes(0);
        view.state = q.bytes(1);
        view.dispute_type = q.bytes(2);
        view.unit = q.bytes(3);
        view.submitted_at = instant_of(q.integer(4));
        view.accept_by = optional_instant(q, 5);
        view.claimed = !q.is_null(6) && !q.bytes(6).empty() && !q.is_null(7) && q.integer(7) >= ms(now);
        if (view.claimed) view.claimed_at = optional_instant(q, 8);
        view.closed_at = optional_instant(q, 9);
        view.since = view.closed_at ? view.closed_at : view.claimed_at ? view.claimed_at : view.submitted_at;
        view.rated = !q.is_null(10);
        view.session_at = optional_instant(q, 11);
        out.push_back(std::move(view));
    }
    return out;
}

bot::result<dialogs::known> fact_reader::read(
    bot::citizen_id who, const dialogs::wants& wanted, bot::instant now, dialogs::known so_far
)
{
    dialogs::known out = std::move(so_far);
    std::optional<sealed_invitation> invitation;
    auto read = sql::run_query(db_, [&] {
        if (wanted.own_cases) out.own_cases = read_cases_of(db_, who, now);
        if (wanted.own_appointments) out.own_appointments = read_appointments_of(db_, who, now);
        if (!wanted.free_slots.empty()) out.free_slots = read_free_slots(db_, wanted.free_slots, now);
        if (!wanted.invitation.empty()) invitation = read_invitation(db_, wanted.invitation, who, now);
        if (wanted.own_services) out.own_services = read_services_of(db_, who, now);
        if (wanted.stored) out.stored = read_stored(db_, who);
    });
    if (!read) return read.error();
    if (!wanted.invitation.empty()) out.invitation.emplace();
    if (invitation) {
        auto opened = open_invitation(std::move(*invitation), keys_);
        if (!opened) return opened.error();
        out.invitation->emplace(std::move(*opened));
    }
    return out;
}

}  // namespace storage
