#include "tests/integration/script_tables.hpp"

#include "storage/places.hpp"

#include <algorithm>
#include <sstream>

namespace testing_support {

namespace {

using fields = std::map<std::string, std::string>;

std::string one_line(std::string text)
{
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string yes_no(bool value) { return value ? "yes" : "no"; }

class turn_reader {
public:
    turn_reader(storage::sql::connection& db, const storage::citizen& who, std::int32_t turn_no, bot::instant at)
        : db_(db), who_(who), turn_no_(turn_no), at_(at.time_since_epoch().count())
    {
    }

    std::vector<test::expected_effect> read()
    {
        complaints();
        materials();
        appointments();
        acts();
        ratings();
        invitations();
        consents();
        requests();
        care();
        later();
        queue();
        return std::move(out_);
    }

private:
    // Rows of this turn in the order of their effects; the statement ends after "FROM table".
    template <class F>
    void rows(const std::string& select, F&& each)
    {
        auto& q = db_.prepare(select + " WHERE citizen_id = ? AND turn_no = ? ORDER BY nth");
        q.bind(0, who_.id.value);
        q.bind(1, turn_no_);
        run(q, each);
    }
    // All rows are read before anything else is asked.
    template <class F>
    void run(storage::sql::statement& q, F&& each)
    {
        q.query();
        while (q.next())
            each(q);
        db_.end_reads();
    }
    void add(const char* name, fields with) { out_.push_back({name, std::move(with)}); }

    std::string clear(std::string_view place, const std::string& sealed) const
    {
        return one_line(storage::open(who_.key, place, sealed).value());
    }
    std::string of_row(std::string_view table, std::string_view column, std::int64_t id, const std::string& sealed) const
    {
        return clear(storage::place(table, column, id), sealed);
    }
    std::string of_turn(std::string_view table, std::string_view column, std::int64_t nth, const std::string& sealed) const
    {
        return clear(storage::place(table, column, who_.id.value, turn_no_, nth), sealed);
    }
    static std::string shown(std::int64_t ms) { return test::write_moment(bot::instant(std::chrono::milliseconds(ms))); }

    // Counted afterwards: one statement at a time is open.
    void count_evidence(std::size_t from, const std::vector<std::int64_t>& nths)
    {
        for (std::size_t i = 0; i < nths.size(); ++i) {
            auto& q = db_.prepare("SELECT COUNT(*) FROM effect_evidence WHERE citizen_id = ? AND turn_no = ? AND nth = ?");
            q.bind(0, who_.id.value);
            q.bind(1, turn_no_);
            q.bind(2, nths[i]);
            run(q, [&](auto& row) { out_[from + i].fields["evidence"] = std::to_string(row.integer(0)); });
        }
    }

    void complaints()
    {
        const auto from = out_.size();
        std::vector<std::int64_t> nths;
        rows("SELECT nth, id, code, anonymous, unit, target, matter, place, occurred, name, phone FROM complaint", [&](auto& q) {
            const auto text = [&](const char* column, int at) { return of_row("complaint", column, q.integer(1), q.bytes(at)); };
            nths.push_back(q.integer(0));
            add("complaint", {{"code", q.bytes(2)}, {"anonymous", yes_no(q.integer(3) != 0)}, {"unit", q.bytes(4)},
                              {"target", text("target", 5)}, {"matter", text("matter", 6)}, {"place", text("place", 7)},
                              {"occurred", text("occurred", 8)}, {"name", text("name", 9)}, {"phone", text("phone", 10)}});
        });
        count_evidence(from, nths);
    }

    void materials()
    {
        const auto from = out_.size();
        std::vector<std::int64_t> nths;
        rows("SELECT nth, id, case_code, box_code, expires_at, meaning FROM material", [&](auto& q) {
            nths.push_back(q.integer(0));
            add("material", {{"case", q.is_null(2) ? "" : q.bytes(2)}, {"box", yes_no(!q.is_null(3))},
                             {"expires", q.is_null(4) ? "" : shown(q.integer(4))},
                             {"meaning", of_row("material", "meaning", q.integer(1), q.bytes(5))}});
        });
        count_evidence(from, nths);
    }

    void appointments()
    {
        rows("SELECT id, kind, starts_at, case_code, phone FROM appointment", [&](auto& q) {
            add("appointment", {{"kind", q.bytes(1)}, {"at", shown(q.integer(2))}, {"case", q.bytes(3)},
                                {"phone", of_row("appointment", "phone", q.integer(0), q.bytes(4))}});
        });
        auto& q = db_.prepare("SELECT cancelled_at FROM appointment WHERE citizen_id = ? AND cancelled_at = ?");
        q.bind(0, who_.id.value);
        q.bind(1, at_);
        run(q, [&](auto& row) { add("cancel_appointment", {{"at", shown(row.integer(0))}}); });
    }

    void acts()
    {
        const auto from = out_.size();
        std::vector<std::int64_t> nths;
        rows("SELECT nth, kind, case_code, body FROM case_act", [&](auto& q) {
            nths.push_back(q.integer(0));
            const auto kind = q.bytes(1);
            const auto text = of_turn("case_act", "body", q.integer(0), q.bytes(3));
            add(kind.c_str(), {{"case", q.bytes(2)}, {kind == "supplement" ? "text" : "reason", text}});
        });
        count_evidence(from, nths);
    }

    void ratings()
    {
        rows("SELECT nth, case_code, score, body FROM case_rating", [&](auto& q) {
            add("rate", {{"case", q.bytes(1)}, {"score", std::to_string(q.integer(2))},
                         {"words", of_turn("case_rating", "body", q.integer(0), q.bytes(3))}});
        });
    }

    void invitations()
    {
        const auto from = out_.size();
        std::vector<std::int64_t> nths;
        rows("SELECT nth, code, state, statement, name, phone FROM invitation", [&](auto& q) {
            nths.push_back(q.integer(0));
            const auto text = [&](const char* column, int at) { return of_turn("invitation", column, q.integer(0), q.bytes(at)); };
            add("invitation", {{"case", q.bytes(1)}, {"agrees", yes_no(q.bytes(2) == "agreed")},
                               {"statement", text("statement", 3)}, {"name", text("name", 4)}, {"phone", text("phone", 5)}});
        });
        count_evidence(from, nths);
    }

    void consents()
    {
        rows("SELECT notice_version FROM consent", [&](auto& q) { add("consent", {{"version", q.bytes(0)}, {"scope", "notice"}}); });
        rows("SELECT act, scope, notice_version FROM consent_act", [&](auto& q) {
            if (q.bytes(0) == "given")
                add("consent", {{"version", q.bytes(2)}, {"scope", q.bytes(1)}});
            else
                add("consent_withdrawn", {{"scope", q.bytes(1)}});
        });
    }

    void requests()
    {
        rows("SELECT nth, kind, body FROM data_request", [&](auto& q) {
            add("data_request", {{"kind", q.bytes(1)}, {"words", of_turn("data_request", "body", q.integer(0), q.bytes(2))}});
        });
    }

    void care()
    {
        rows("SELECT id, wish, name, phone FROM psych_case", [&](auto& q) {
            add("psych", {{"wish", q.bytes(1)}, {"name", of_row("psych_case", "name", q.integer(0), q.bytes(2))},
                          {"phone", of_row("psych_case", "phone", q.integer(0), q.bytes(3))}});
        });
        rows("SELECT nth, kind, result FROM screening", [&](auto& q) {
            const storage::place where("screening", "result", who_.id.value, turn_no_, q.integer(0));
            std::istringstream result{storage::open(who_.key, where, q.bytes(2)).value()};
            std::string answers, total, band;
            std::getline(result, answers);
            std::getline(result, total);
            std::getline(result, band);
            add("screening", {{"kind", q.bytes(1)}, {"total", total}, {"band", band}});
        });
    }

    void later()
    {
        rows("SELECT nth, kind, due_at, body FROM outbox", [&](auto& q) {
            add("later", {{"kind", q.bytes(1)}, {"due", shown(q.integer(2))}, {"text", of_turn("outbox", "body", q.integer(0), q.bytes(3))}});
        });
    }

    // One line a citizen, and what this turn has made of it.
    void queue()
    {
        auto& q = db_.prepare("SELECT state, reason, urgency, holder FROM person_queue WHERE citizen_id = ? AND turn_no = ?");
        q.bind(0, who_.id.value);
        q.bind(1, turn_no_);
        run(q, [&](auto& row) {
            const auto state = row.bytes(0);
            if (state == "waiting")
                add("person", {{"reason", row.bytes(1)}, {"urgency", std::to_string(row.integer(2))}});
            else
                add("owner", {{"to", state == "held" ? "person" : "bot"}, {"who", row.bytes(3)}});
        });
    }

    storage::sql::connection& db_;
    const storage::citizen& who_;
    std::int32_t turn_no_;
    std::int64_t at_;
    std::vector<test::expected_effect> out_;
};

}  // namespace

std::vector<test::expected_effect> effects_in_tables(
    storage::sql::connection& db, const storage::citizen& who, std::int32_t turn_no, bot::instant at
)
{
    return turn_reader(db, who, turn_no, at).read();
}

bool in_tables(std::string_view effect) { return effect != "call_off"; }

}  // namespace testing_support
