// Effects as the scripts name them.
#include "tests/support/script.hpp"

#include <algorithm>

namespace test {

std::string write_moment(bot::instant at)
{
    const auto local = std::chrono::floor<std::chrono::minutes>(at + bot::china_offset);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const auto minutes = (local - day).count();
    char out[40];
    std::snprintf(out, sizeof out, "%04d-%02u-%02u %02d:%02d", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(minutes / 60), static_cast<int>(minutes % 60));
    return out;
}

namespace {

// In the order of the alphabet: storage keeps them as a set.
std::string joined(std::vector<std::string> words)
{
    std::sort(words.begin(), words.end());
    std::string out;
    for (const auto& word : words)
        out += (out.empty() ? "" : ",") + word;
    return out;
}

}  // namespace

std::map<std::string, std::string> case_fields(const dialogs::file_case& filed)
{
    std::map<std::string, std::string> out{
        {"code", filed.code},
        {"type", filed.dispute_type},
        {"unit", filed.unit},
        {"name", filed.applicant.name},
        {"phone", filed.applicant.phone},
        {"respondent", filed.respondent.name.empty() ? filed.respondent.description : filed.respondent.name},
        {"respondent_phone", filed.respondent.phone},
        {"narrative", filed.narrative},
        {"occurred", filed.occurred},
        {"place", filed.place},
        {"requests", filed.requests},
        {"amount_fen", filed.amount_fen ? std::to_string(*filed.amount_fen) : ""},
        {"other_body", filed.other_body},
        {"acting_for", filed.acting_for},
        {"minor", filed.minor ? "yes" : "no"},
        {"evidence", std::to_string(filed.evidence.size())},
        {"applicant_reach", filed.applicant.description},
        {"second", filed.second_type},
        {"flags", joined(filed.flags)},
        {"details", std::to_string(filed.details.size())},
        {"blocked", filed.contact_blocked ? "yes" : "no"},
    };
    std::replace(out["narrative"].begin(), out["narrative"].end(), '\n', ' ');
    return out;
}

namespace {

std::string one_line(std::string text)
{
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string count_of(const std::vector<dialogs::evidence>& evidence) { return std::to_string(evidence.size()); }

// What a citizen files or does is expected by name wherever it happens.
bool always_expected(std::string_view name)
{
    constexpr std::string_view names[] = {"complaint", "material", "appointment", "cancel_appointment", "withdraw", "reopen",
                                          "supplement", "rate", "consent_withdrawn", "data_request"};
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// Only what a script can know beforehand: no ids.
struct namer {
    expected_effect operator()(const dialogs::file_case& e) const { return {"case", case_fields(e)}; }
    expected_effect operator()(const dialogs::file_complaint& e) const
    {
        return {"complaint", {{"code", e.code}, {"anonymous", e.anonymous ? "yes" : "no"}, {"target", e.target}, {"matter", one_line(e.matter)},
                              {"place", e.place}, {"occurred", e.occurred}, {"name", e.name}, {"phone", e.phone}, {"unit", e.unit},
                              {"evidence", count_of(e.evidence)}}};
    }
    expected_effect operator()(const dialogs::deliver_material& e) const
    {
        return {"material", {{"case", e.case_code}, {"box", e.box_code.empty() ? "no" : "yes"}, {"expires", e.expires ? write_moment(*e.expires) : ""}, {"meaning", e.meaning}, {"evidence", count_of(e.evidence)}}};
    }
    expected_effect operator()(const dialogs::book_appointment& e) const
    {
        return {"appointment", {{"kind", e.kind}, {"at", write_moment(e.starts_at)}, {"case", e.case_code}, {"phone", e.phone}}};
    }
    expected_effect operator()(const dialogs::cancel_appointment& e) const
    {
        return {"cancel_appointment", {{"at", write_moment(e.at)}}};
    }
    expected_effect operator()(const dialogs::withdraw_case& e) const { return {"withdraw", {{"case", e.code}, {"reason", e.reason}}}; }
    expected_effect operator()(const dialogs::reopen_case& e) const { return {"reopen", {{"case", e.code}, {"reason", e.reason}}}; }
    expected_effect operator()(const dialogs::supplement_case& e) const
    {
        return {"supplement", {{"case", e.code}, {"text", one_line(e.text)}, {"evidence", count_of(e.evidence)}}};
    }
    expected_effect operator()(const dialogs::rate_case& e) const
    {
        return {"rate", {{"case", e.code}, {"score", std::to_string(e.score)}, {"words", e.words}}};
    }
    expected_effect operator()(const dialogs::answer_invitation& e) const
    {
        return {"invitation", {{"case", e.code}, {"agrees", e.agrees ? "yes" : "no"}, {"statement", e.statement}, {"name", e.who.name},
                               {"phone", e.who.phone}, {"evidence", count_of(e.evidence)}}};
    }
    expected_effect operator()(const dialogs::consent_given& e) const
    {
        return {"consent", {{"version", e.notice_version}, {"scope", e.scope}}};
    }
    expected_effect operator()(const dialogs::consent_withdrawn& e) const { return {"consent_withdrawn", {{"scope", e.scope}}}; }
    expected_effect operator()(const dialogs::data_request& e) const { return {"data_request", {{"kind", e.kind}, {"words", e.words}}}; }
    expected_effect operator()(const dialogs::crisis_alert& e) const { return {"crisis", {{"level", e.level}, {"template", e.template_id}}}; }
    expected_effect operator()(const dialogs::open_psych_case& e) const
    {
        return {"psych", {{"wish", e.wish}, {"name", e.name}, {"phone", e.phone}}};
    }
    expected_effect operator()(const dialogs::screening_done& e) const
    {
        return {"screening", {{"kind", e.kind}, {"total", std::to_string(e.total)}, {"band", e.band}}};
    }
    expected_effect operator()(const dialogs::send_later& e) const { return {"later", {{"kind", e.kind}, {"due", write_moment(e.due)}, {"text", one_line(e.text)}}}; }
    expected_effect operator()(const dialogs::call_off& e) const { return {"call_off", {{"about", e.about.substr(0, e.about.find('/'))}}}; }
    expected_effect operator()(const dialogs::ask_for_person& e) const
    {
        return {"person", {{"reason", e.reason}, {"urgency", std::to_string(e.urgency)}}};
    }
    expected_effect operator()(const dialogs::owner_set& e) const { return {"owner", {{"to", e.to}, {"who", e.who}}}; }
};

}  // namespace

namespace {

std::optional<std::string> unlike(const expected_effect& wanted, const expected_effect& made)
{
    for (const auto& [key, value] : wanted.fields) {
        const auto at = made.fields.find(key);
        if (at == made.fields.end())
            return "'" + wanted.name + "' has no field " + key;
        const bool same = key == "text" ? !first_missing(at->second, {value}) : at->second == value;
        if (!same)
            return wanted.name + " " + key + "=" + at->second + ", expected " + value;
    }
    return std::nullopt;
}

}  // namespace

expected_effect effect_fields(const dialogs::effect& of) { return std::visit(namer{}, of); }

std::optional<std::string> unexpected_effects(const script_turn& turn, const std::vector<dialogs::effect>& made)
{
    std::vector<expected_effect> named;
    for (const auto& e : made)
        named.push_back(effect_fields(e));
    return unexpected_effects(turn, named);
}

std::optional<std::string> unexpected_effects(const script_turn& turn, const std::vector<expected_effect>& made)
{
    std::map<std::string, std::vector<expected_effect>> wanted, given;
    for (const auto& e : turn.effects)
        wanted[e.name].push_back(e);
    for (const auto& e : made) {
        if (always_expected(e.name) && !wanted.contains(e.name))
            return "'" + e.name + "' is not expected";
        given[e.name].push_back(e);
    }
    for (const auto& [name, list] : wanted) {
        const auto& there = given[name];
        if (there.size() != list.size())
            return std::to_string(list.size()) + " of '" + name + "' expected, " + std::to_string(there.size()) + " made";
        for (std::size_t i = 0; i < list.size(); ++i)
            if (const auto wrong = unlike(list[i], there[i]))
                return wrong;
    }
    return std::nullopt;
}

}  // namespace test
