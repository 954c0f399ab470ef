// From a filled form to a case and its receipt.
#include "cases/calendar.hpp"
#include "dialogs/engine/endings.hpp"
#include "dialogs/engine/readers.hpp"
#include "dialogs/engine/turn_maker.hpp"
#include "dialogs/understanding/normalise.hpp"

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

file_case case_of(const turn_maker& turn, const frame& f)
{
    file_case out;
    out.id = {turn.new_id(0x5CA5E)};
    out.code = turn.new_code();
    out.submitted_at = turn.now();
    out.accept_by = cases::accept_by(turn.data().days, turn.now());
    out.dispute_type = slot_of(f, "kind").value;
    out.unit = slot_of(f, "street").value;
    out.applicant = {.name = slot_of(f, "name").value, .phone = slot_of(f, "phone").value};
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
    return out;
}

}  // namespace

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
             {data.pages.find("withdraw")->second.choices.front()});
    turn.effect(std::move(filed));
    return true;
}

}  // namespace dialogs
