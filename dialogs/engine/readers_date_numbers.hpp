#pragma once
// Dates that begin with a number: "三天前", "2026年3月5日", "3月15", "15号".

#include "dialogs/engine/readers_date_calendar.hpp"
#include "dialogs/engine/readers_date_text.hpp"

namespace dialogs {

// What stands at one place of the text: an expression of time that ends at `end`, and the day it means, if
// that is a day, month or year in the past.
struct date_reading {
    std::size_t end = 0;  // 0: no expression of time here
    std::optional<said_date> meant;
};

class dated_numbers {
public:
    dated_numbers(date_text text, past_calendar calendar) : text_{text}, calendar_{calendar} {}

    date_reading at(std::size_t at) const;
    // A year was read up to `end`; a month and a day may follow.
    date_reading month_behind_year(int y, std::size_t end) const;
    // "15日", "十五号", and a bare "15" that counts nothing else.
    std::optional<said_integer> day_part(std::size_t at) const;
    // "3-5", "3.15", "3/15", "26/3/5", "2026", "202603": too short to be found inside a sentence.
    std::optional<std::optional<said_date>> whole_text() const;

private:
    date_reading ago(std::size_t at, const said_integer& n) const;
    date_reading full_year(std::size_t at, const said_integer& n) const;
    date_reading separated(std::size_t at, const said_integer& n) const;
    date_reading short_year(std::size_t at, const said_integer& n) const;
    date_reading month_day(std::size_t at, const said_integer& n) const;
    date_reading day_only(std::size_t at, const said_integer& n) const;

    date_text text_;
    past_calendar calendar_;
};

}  // namespace dialogs
