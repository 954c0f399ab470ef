#pragma once
// Free times on working days: those that `hejie slots add` puts up, and those that the demo begins with.

#include "bot/app/opened.hpp"
#include "cases/calendar.hpp"
#include "storage/services/desk.hpp"

#include <string>
#include <vector>

namespace bot::app {

struct slot_plan {
    std::string kind, place, with;
    cases::date first;
    int working_days = 10;
    std::vector<std::string> times;  // "09:00", China time
    int capacity = 1;
};

// The calendar of the data files. Throws configuration_error.
cases::calendar read_working_days(const std::string& directory);

// Throws configuration_error for a time that cannot be read, std::runtime_error when the calendar of a year is missing.
std::vector<storage::free_time> slots_of(const slot_plan& plan, const cases::calendar& days, bot::instant now);

// The demo's rooms and counsellors on the next ten working days.
void seed_demo_slots(storage::sql::database& database, const storage::keyring& keys, bot::instant now);

}  // namespace bot::app
