#include "dialogs/engine/consult_clocks.hpp"

#include <chrono>

namespace dialogs {

namespace {

// From so many days on before the end it is said how many are left.
constexpr int few_days = 60;

struct said_start {
    cases::date day;
    bool exact = true;
};

// Of a month or a year the day that warns earlier is taken: its first one; its last one where one has to wait.
std::optional<said_start> read_start(const std::string& said, bool not_before)
{
    const auto with = [&](const std::string& tail) { return read_iso_date(said + tail); };
    if (const auto exact = with(""))
        return said_start{*exact, true};
    const auto first = said.size() == 7 ? with("-01") : said.size() == 4 ? with("-01-01") : std::nullopt;
    if (!first)
        return std::nullopt;
    if (!not_before)
        return said_start{*first, false};
    const auto last = said.size() == 7 ? std::chrono::year_month_day{first->year() / first->month() / std::chrono::last}
                                       : std::chrono::year_month_day{first->year() / 12 / 31};
    return said_start{last, false};
}

class clock_writer {
public:
    clock_writer(const book& data, const by_text<std::string>& texts, const clock_entry& clock, cases::date today)
        : data_(data), texts_(texts), clock_(clock), today_(today)
    {
    }

    clock_words write(const std::string& said) const
    {
        if (!clock_.length)
            return {clock_.name + text("colon") + clock_.note, false};
        const auto start = read_start(said, clock_.not_before);
        if (!start)
            return {general() + clock_.note, false};
        const auto end = cases::end_of(*clock_.length, start->day, {}, data_.days);
        if (!end)
            return {general() + text("clock_refused") + clock_.note, false};
        auto out = clock_.not_before ? fill(text("clock_not_before"), {{"name", clock_.name}, {"since", clock_.since}, {"length", length()}, {"day", day(end->unrounded)}}) : by(*end);
        if (!start->exact)
            out += text("clock_month_only");
        return {out + clock_.note, true};
    }

private:
    const std::string& text(std::string_view name) const { return texts_.find(name)->second; }

    std::string day(cases::date of) const
    {
        return fill(data_.text(text_id::day), {{"year", std::to_string(static_cast<int>(of.year()))},
                                               {"month", std::to_string(static_cast<unsigned>(of.month()))},
                                               {"day", std::to_string(static_cast<unsigned>(of.day()))}});
    }

    std::string length() const
    {
        constexpr std::string_view names[] = {"length_day", "length_working_day", "length_month", "length_year"};
        return fill(text(names[static_cast<std::size_t>(clock_.length->unit)]), {{"n", std::to_string(clock_.length->n)}});
    }

    std::string general() const
    {
        return fill(text("clock_general"), {{"name", clock_.name}, {"length", length()}, {"since", clock_.since}});
    }

    std::string by(const cases::last_day& end) const
    {
        auto out = fill(text("clock_by"),
                        {{"name", clock_.name}, {"length", length()}, {"since", clock_.since}, {"day", day(end.unrounded)}});
        const int left = cases::days_between(today_, end.unrounded);
        if (left < 0 && (!end.rolled || cases::days_between(today_, *end.rolled) < 0))
            return out + text("clock_over");
        if (end.rolled && *end.rolled != end.unrounded)
            out += fill(text("clock_rolled"), {{"day", day(*end.rolled)}});
        if (!end.rolled)
            out += text("clock_unrolled");
        if (left <= 0)
            return out + text("clock_now");
        return left <= few_days ? out + fill(text("clock_left"), {{"days", std::to_string(left)}}) : out;
    }

    const book& data_;
    const by_text<std::string>& texts_;
    const clock_entry& clock_;
    cases::date today_;
};

}  // namespace

clock_words clock_line(const book& data, const by_text<std::string>& texts, const clock_entry& clock, const std::string& start,
                       cases::date today)
{
    return clock_writer(data, texts, clock, today).write(start);
}

}  // namespace dialogs
