// From a filled form to a case and its receipt.
#include "cases/calendar.hpp"
#include "dialogs/engine/readers.hpp"
#include "dialogs/engine/turn_maker.hpp"
#include "dialogs/understanding/normalise.hpp"

#include <charconv>

namespace dialogs {

namespace {

const slot_value& slot(const frame& f, std::string_view name)
{
    static const slot_value empty;
    const auto at = f.slots.find(std::string(name));
    return at == f.slots.end() ? empty : at->second;
}

// A name is short; what is longer, or says it knows no name, describes somebody.
constexpr long longest_name = 20;

party respondent_of(const frame& f)
{
    const auto& said = slot(f, "respondent").value;
    party out{.phone = slot(f, "respondent_phone").value};
    const bool described = count_characters(said) > longest_name || says_unknown(said);
    (described ? out.description : out.name) = said;
    return out;
}

}  // namespace

file_case turn_maker::case_of(const frame& f) const
{
    file_case out;
    out.id = {bot::time_ordered_id(input_.now, mix(input_.seed ^ 0x5CA5E))};
    out.code = make_code(data_.code_prefix, input_.now, input_.seed);
    out.submitted_at = input_.now;
    out.accept_by = cases::accept_by(data_.days, input_.now);
    out.dispute_type = slot(f, "kind").value;
    out.unit = slot(f, "street").value;
    out.applicant = {.name = slot(f, "name").value, .phone = slot(f, "phone").value};
    out.respondent = respondent_of(f);
    out.narrative = slot(f, "story").value;
    out.occurred = slot(f, "date").value;
    out.place = slot(f, "place").value;
    out.requests = slot(f, "requests").value;
    const auto& amount = slot(f, "amount").value;
    std::int64_t fen = 0;
    const auto read = std::from_chars(amount.data(), amount.data() + amount.size(), fen);
    if (read.ec == std::errc{} && read.ptr == amount.data() + amount.size())
        out.amount_fen = fen;
    const auto& other = slot(f, "other_body");
    out.other_body = other.value == "none" ? std::string{} : other.shown;
    out.acting_for = slot(f, "acting_for").value;
    out.minor = slot(f, "adult").value == "no";
    out.evidence = f.evidence;
    return out;
}

void turn_maker::submit()
{
    auto filed = case_of(after_.stack.back());
    after_.stack.clear();
    after_.paused.reset();
    const auto* category = data_.disputes->find(filed.dispute_type);
    const auto by = filed.accept_by ? show_day(text_id::receipt_by, *filed.accept_by) : data_.text(text_id::receipt_by_days);
    say(fill(data_.text(text_id::receipt), {{"code", filed.code},
                                            {"submitted", show_moment(filed.submitted_at)},
                                            {"unit", data_.unit_name(filed.unit)},
                                            {"by", by},
                                            {"note", category ? std::string_view(category->route_note) : std::string_view{}}}),
        {data_.pages.find("withdraw")->second.choices.front()});
    out_.effects.push_back(std::move(filed));
}

}  // namespace dialogs
