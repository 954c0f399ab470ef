// What storage would remember of a chat, so that later turns know it.
#include "tests/unit/dialogs/engine_chat.hpp"

#include <algorithm>
#include <stdexcept>

namespace test {

namespace {

template <class T>
std::vector<T>& list(std::optional<std::vector<T>>& known)
{
    return known ? *known : known.emplace();
}

class rememberer {
public:
    explicit rememberer(chat& of) : chat_(of), world_(of.world) {}

    void operator()(const dialogs::file_case& e)
    {
        chat_.filed.push_back(e);
        auto& cases = list(world_.own_cases);
        cases.insert(cases.begin(), {.code = e.code, .state = "submitted", .dispute_type = e.dispute_type, .unit = e.unit,
                                     .submitted_at = e.submitted_at, .accept_by = e.accept_by});
    }
    void operator()(const dialogs::open_psych_case&) { ++chat_.psych; }
    void operator()(const dialogs::screening_done&) { ++chat_.psych; }
    void operator()(const dialogs::crisis_alert& e) { chat_.alerts.push_back(e); }
    void operator()(const dialogs::consent_given& e) { chat_.consents.push_back(e); }
    void operator()(const dialogs::withdraw_case& e)
    {
        auto& found = case_of(e.code);
        found.state = "closed_withdrawn";
        found.closed_at = found.since = e.at;
    }
    void operator()(const dialogs::rate_case& e) { case_of(e.code).rated = true; }
    void operator()(const dialogs::file_complaint& e)
    {
        filed({.kind = "complaint", .code = e.code, .state = "received", .at = e.at, .anonymous = e.anonymous});
    }
    void operator()(const dialogs::deliver_material& e)
    {
        const bool boxed = !e.box_code.empty();
        filed({.kind = "material", .code = boxed ? e.box_code : e.case_code, .state = boxed ? "boxed" : "delivered", .at = e.at, .until = e.expires});
    }
    void operator()(const dialogs::answer_invitation& e) { world_.invitation.value()->state = e.agrees ? "agreed" : "refused"; }
    void operator()(const dialogs::data_request& e) { filed({.kind = e.kind, .code = e.code, .state = "open", .at = e.at}); }
    void operator()(const dialogs::book_appointment& e)
    {
        auto& slots = list(world_.free_slots);
        const auto at = std::find_if(slots.begin(), slots.end(), [&](const dialogs::slot_view& s) { return s.id == e.slot; });
        if (at == slots.end())
            throw std::logic_error("a slot was booked that is not free");
        list(world_.own_appointments).push_back({e.id, e.kind, e.starts_at, at->place, at->with, e.case_code});
        slots.erase(at);
    }
    void operator()(const dialogs::cancel_appointment& e)
    {
        if (std::erase_if(list(world_.own_appointments), [&](const dialogs::appointment_view& a) { return a.id == e.id; }) != 1)
            throw std::logic_error("an appointment was cancelled that does not stand");
    }
    template <class T>
    void operator()(const T&)
    {
    }

private:
    dialogs::case_view& case_of(const std::string& code)
    {
        auto& cases = list(world_.own_cases);
        const auto at = std::find_if(cases.begin(), cases.end(), [&](const dialogs::case_view& c) { return c.code == code; });
        if (at == cases.end())
            throw std::logic_error("something was done with a case that is not the citizen's own");
        return *at;
    }
    void filed(dialogs::service_view view)
    {
        auto& services = list(world_.own_services);
        services.insert(services.begin(), std::move(view));
    }

    chat& chat_;
    dialogs::known& world_;
};

class change_reader {
public:
    explicit change_reader(const given& change) : change_(change) {}

    std::string text(const std::string& key, const std::string& otherwise = {}) const
    {
        const auto at = change_.fields.find(key);
        return at == change_.fields.end() ? otherwise : at->second;
    }
    std::optional<bot::instant> time(const std::string& key) const
    {
        const auto written = text(key);
        return written.empty() ? std::nullopt : std::optional(read_moment(written));
    }
    bool says(const std::string& key) const { return text(key) == "yes"; }

private:
    const given& change_;
};

}  // namespace

void chat::remember(const dialogs::effect& happened) { std::visit(rememberer(*this), happened); }

std::vector<dialogs::service_view> chat::services() const
{
    auto out = world.own_services.value_or(std::vector<dialogs::service_view>{});
    for (auto& s : out)
        if (s.state == "boxed" && s.until && *s.until < now)
            s.state = "expired";
    return out;
}

dialogs::stored_view chat::stored() const
{
    dialogs::stored_view out{.turns = static_cast<int>(turns) - 1, .since = since_};
    out.cases = static_cast<int>(world.own_cases.value_or(std::vector<dialogs::case_view>{}).size());
    out.appointments = static_cast<int>(world.own_appointments.value_or(std::vector<dialogs::appointment_view>{}).size());
    for (const auto& s : services())
        if (s.kind == "complaint")
            ++out.complaints;
        else if (s.kind == "material")
            ++out.materials;
    out.psych = psych;
    if (!consents.empty())
        out.consent_version = consents.back().notice_version;
    return out;
}

void chat::learns(const given& change, const dialogs::file_case* last)
{
    if (change.what == "case")
        return learns_case(change);
    if (change.what == "service")
        return learns_service(change);
    if (change.what == "invitation")
        return learns_invitation(change, last);
    const change_reader read(change);
    auto& slots = list(world.free_slots);
    const auto at = read.time("at").value();
    if (change.what == "-slot") {
        std::erase_if(slots, [&](const dialogs::slot_view& s) { return s.starts_at == at; });
        return;
    }
    slots.push_back({static_cast<std::int64_t>(slots.size()) + 101 + static_cast<std::int64_t>(turns) * 1000, at, read.text("place"), read.text("with")});
    std::sort(slots.begin(), slots.end(), [](const auto& a, const auto& b) { return a.starts_at < b.starts_at; });
}

void chat::learns_case(const given& change)
{
    const change_reader read(change);
    dialogs::case_view view{.code = read.text("code"), .state = read.text("state", "submitted"), .dispute_type = read.text("type", "other"),
                            .unit = read.text("unit", "330302006"), .submitted_at = read.time("submitted").value_or(now),
                            .accept_by = read.time("accept_by"), .claimed = read.says("claimed"), .claimed_at = read.time("claimed_at"),
                            .closed_at = read.time("closed"), .rated = read.says("rated"), .session_at = read.time("session"),
                            .since = read.time("since"), .accepted_at = read.time("accepted")};
    auto& cases = list(world.own_cases);
    std::erase_if(cases, [&](const dialogs::case_view& c) { return c.code == view.code; });
    const auto older = std::find_if(cases.begin(), cases.end(), [&](const auto& c) { return c.submitted_at <= view.submitted_at; });
    cases.insert(older, std::move(view));
}

// Without a code: the newest of the kind that they filed themselves.
void chat::learns_service(const given& change)
{
    const change_reader read(change);
    auto& services = list(world.own_services);
    const auto kind = read.text("kind"), code = read.text("code");
    const auto at = std::find_if(services.begin(), services.end(), [&](const dialogs::service_view& s) {
        return s.kind == kind && (code.empty() || s.code == code);
    });
    if (at != services.end()) {
        at->state = read.text("state");
        return;
    }
    services.insert(services.begin(), {.kind = kind, .code = code, .state = read.text("state"), .at = read.time("at").value_or(now),
                                       .until = read.time("until"), .anonymous = read.says("anonymous")});
}

void chat::learns_invitation(const given& change, const dialogs::file_case* last)
{
    const change_reader read(change);
    dialogs::invitation_view view{.code = read.text("code"), .state = read.text("state", "open"), .dispute_type = read.text("type"),
                                  .unit = read.text("unit", "330302006"), .applicant = read.text("applicant"),
                                  .requests = read.text("requests"), .invited_at = now, .own = read.says("own")};
    if (last && view.dispute_type.empty()) {
        view.dispute_type = last->dispute_type;
        view.unit = last->unit;
        view.applicant = last->applicant.name;
        view.requests = last->requests;
        if (last->contact_blocked && read.text("state").empty())
            view.state = "blocked";
    }
    // As it may be shown: the family name.
    constexpr std::size_t one_character = 3;
    if (view.applicant.size() > one_character)
        view.applicant = view.applicant.substr(0, one_character) + "**";
    if (world.invitation && *world.invitation && (*world.invitation)->code == view.code)
        view.invited_at = (*world.invitation)->invited_at;
    world.invitation = std::optional(std::move(view));
}

}  // namespace test
