// From a filled form to a case and its receipt.
#include "cases/calendar.hpp"
#include "dialogs/engine/ending_parts.hpp"
#include "dialogs/engine/endings.hpp"
#include "dialogs/engine/readers.hpp"
#include "dialogs/engine/turn_maker.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace dialogs {

namespace {

// A name is short; what is longer, or says it knows no name, describes somebody.
constexpr long longest_name = 20;

party respondent_of(const frame& f)
{
    const auto& said = slot_of(f, "respondent").value;
    party out{.phone = slot_of(f, "respondent_phone").value};
    const bool described = count_characters(said) > longest_name || says_unknown(said);
    (described ? out.description : out.name) = said;
    return out;
}

// A dispute of so many people is one of a group (§9, 10), of so many more goes to the district (§11 routing, 5).
constexpr int group_size = 5, district_size = 30;
// From this amount on a dispute counts as hard (§16): 500,000 yuan, in fen.
constexpr std::int64_t hard_amount = 50'000'000;
// A second kind of dispute is noted when it is at least half as likely as the best guess.
constexpr double second_share = 0.5;

// Slots that stand in fields of their own.
constexpr std::array<std::string_view, 22> own_fields{
    "danger", "story", "kind", "stop", "advice", "date", "place", "street", "requests", "amount", "respondent",
    "respondent_phone", "acting", "acting_for", "adult", "name", "phone", "reach", "other_body", "more", "evidence",
    "located"};

std::vector<detail> details_of(const turn_maker& turn, const frame& f)
{
    std::vector<detail> out;
    for (const auto& s : turn.data().flows.find(f.flow)->second.steps) {
        const auto& slot = slot_of(f, s.slot);
        const bool own = std::find(own_fields.begin(), own_fields.end(), s.slot) != own_fields.end();
        if (!own && !s.label.empty() && !slot.value.empty())
            out.push_back({s.slot, s.label, slot.shown});
    }
    return out;
}

std::string second_type_of(const book& data, std::string_view story, std::string_view first)
{
    const auto guesses = data.likely_types(story);
    for (const auto& guess : guesses)
        if (guess.id != first && guess.score >= second_share * guesses.front().score)
            return guess.id;
    return {};
}

int workers_of(const frame& f)
{
    const auto& said = slot_of(f, "workers").value;
    int count = 0;
    std::from_chars(said.data(), said.data() + said.size(), count);
    return count;
}

eligibility_facts known_of(const frame& f, const std::string& told)
{
    return {told, slot_of(f, "kind").value, slot_of(f, "other_body").value};
}

std::string told_in(const frame& f) { return slot_of(f, "story").value + "\n" + slot_of(f, "requests").value; }

// What marks the case for whoever takes it (§7, §16, §20.6).
void mark(file_case& out, const turn_maker& turn, const frame& f)
{
    const auto& data = turn.data();
    const auto told = told_in(f);
    for (const auto* rule : data.eligible->judge(known_of(f, told)))
        out.flags.push_back(rule->flag);
    const auto marked = [&] { return std::find(out.flags.begin(), out.flags.end(), "violence") != out.flags.end(); };
    // Told of blows at home, here or before the form: nobody asks the other side until a person has looked (§20.6).
    const bool told_before = turn.state().care && turn.state().care->violence;
    if (!marked() && (told_before || data.safety->look(told).violence))
        out.flags.emplace_back("violence");
    out.contact_blocked = marked();
    const auto workers = workers_of(f);
    const bool hard = out.amount_fen && *out.amount_fen >= hard_amount;
    if (workers >= group_size)
        out.flags.emplace_back("group");
    if (hard)
        out.flags.emplace_back("hard");
    if (hard || workers >= district_size)
        out.unit = cases::responsible_unit(data.district, nullptr);
    if (slot_of(f, "guardian").value == "opponent")
        out.flags.emplace_back("guardian_is_respondent");
}

file_case case_of(const turn_maker& turn, const frame& f)
{
    file_case out;
    out.id = {turn.new_id(0x5CA5E)};
    out.code = turn.new_code();
    out.submitted_at = turn.now();
    out.accept_by = cases::accept_by(turn.data().days, turn.now());
    out.dispute_type = slot_of(f, "kind").value;
    out.unit = slot_of(f, "street").value;
    const auto& phone = slot_of(f, "phone").value;
    out.applicant = {.name = slot_of(f, "name").value,
                     .phone = phone == "none" ? std::string{} : phone,
                     .description = slot_of(f, "reach").value};
    out.respondent = respondent_of(f);
    out.narrative = slot_of(f, "story").value;
    out.occurred = slot_of(f, "date").value;
    out.place = slot_of(f, "place").value;
    out.requests = slot_of(f, "requests").value;
    const auto& amount = slot_of(f, "amount").value;
    std::int64_t fen = 0;
    const auto read = std::from_chars(amount.data(), amount.data() + amount.size(), fen);
    if (read.ec == std::errc{} && read.ptr == amount.data() + amount.size())
        out.amount_fen = fen;
    const auto& other = slot_of(f, "other_body");
    out.other_body = other.value == "none" ? std::string{} : other.shown;
    out.acting_for = slot_of(f, "acting_for").value;
    out.minor = slot_of(f, "adult").value == "no";
    out.evidence = f.evidence;
    out.second_type = second_type_of(turn.data(), out.narrative, out.dispute_type);
    out.details = details_of(turn, f);
    mark(out, turn, f);
    return out;
}

}  // namespace

bool judge_eligibility(turn_maker& turn, frame& f)
{
    const auto told = told_in(f);
    for (const auto* rule : turn.data().eligible->judge(known_of(f, told)))
        if (!rule->text.empty()) {
            turn.say(rule->text);
            f.slots["stop"] = {rule->id, rule->id};
            break;
        }
    return true;
}

bool end_file_case(turn_maker& turn, frame& done)
{
    auto filed = case_of(turn, done);
    const auto& data = turn.data();
    const auto* category = data.disputes->find(filed.dispute_type);
    const auto by = filed.accept_by ? turn.show_day(turn.own_text(done, "receipt_by"), *filed.accept_by)
                                    : turn.own_text(done, "receipt_by_days");
    turn.say(fill(turn.own_text(done, "receipt"), {{"code", filed.code},
                                                   {"submitted", turn.show_moment(filed.submitted_at)},
                                                   {"unit", data.unit_name(filed.unit)},
                                                   {"by", by},
                                                   {"note", category ? std::string_view(category->route_note) : std::string_view{}}}),
             ways(turn, {"cmd/progress"}));
    // A child whose guardian is the other side must not wait for the ordinary queue (§26).
    if (slot_of(done, "guardian").value == "opponent") {
        turn.say(turn.own_text(done, "receipt_person"));
        turn.effect(ask_for_person{"minor", 1, turn.now()});
    }
    turn.effect(std::move(filed));
    return true;
}

}  // namespace dialogs
