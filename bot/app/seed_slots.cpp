#include "bot/app/seed_slots.hpp"

#include "bot/app/data_files.hpp"
#include "bot/base/ids.hpp"
#include "bot/base/log.hpp"
#include "bot/simulator/fake_platform.hpp"
#include "dialogs/understanding/lexicon.hpp"

#include <boost/json.hpp>
#include <openssl/rand.h>

#include <cstdio>

namespace bot::app {
namespace {

std::uint64_t random_number()
{
    std::uint64_t out = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&out), sizeof out) != 1)
        throw std::runtime_error("the system's random source failed");
    return out;
}

std::chrono::minutes time_of_day(const std::string& text)
{
    int hour = 0, minute = 0, read = 0;
    if (std::sscanf(text.c_str(), "%d:%d%n", &hour, &minute, &read) != 2 || read != static_cast<int>(text.size()) ||
        hour < 0 || hour > 23 || minute < 0 || minute > 59)
        throw configuration_error("a time of day is HH:MM, not \"" + text + "\"");
    return std::chrono::hours(hour) + std::chrono::minutes(minute);
}

std::string text_at(const boost::json::value& in, std::string_view key)
{
    return std::string(in.at(key).as_string());
}

}  // namespace

cases::calendar read_working_days(const std::string& directory)
{
    for (const auto& file : read_data_files(directory))
        if (file.path == "lexicon/holidays.yaml")
            return dialogs::read_calendar(file.path, file.content);
    throw configuration_error("dialogs.directory: lexicon/holidays.yaml is missing");
}

std::vector<storage::free_time> slots_of(const slot_plan& plan, const cases::calendar& days, bot::instant now)
{
    std::vector<storage::free_time> out;
    auto day = std::chrono::sys_days(plan.first);
    for (int found = 0; found < plan.working_days; day += std::chrono::days(1)) {
        const auto works = days.is_working_day(day);
        if (!works)
            throw std::runtime_error("the calendar of that year is missing: see lexicon/holidays.yaml");
        if (!*works)
            continue;
        ++found;
        for (const auto& time : plan.times) {
            const bot::instant at = day + time_of_day(time) - china_offset;
            if (at > now)
                out.push_back({time_ordered_id(now, random_number()), plan.kind, at, plan.place, plan.with, plan.capacity});
        }
    }
    return out;
}

void seed_demo_slots(storage::sql::database& database, const storage::keyring& keys, bot::instant now)
{
    auto db = expect(database.connect(), "demo");
    storage::desk desk(*db, keys);
    const auto days = read_working_days("");
    const auto tomorrow = cases::date(std::chrono::sys_days(cases::china_date(now)) + std::chrono::days(1));
    const auto plans = boost::json::parse(simulator::demo_slots());
    for (const auto& each : plans.as_array()) {
        slot_plan plan{text_at(each, "kind"), text_at(each, "place"), text_at(each, "with"), tomorrow, 10, {}, 1};
        for (const auto& time : each.at("times").as_array())
            plan.times.emplace_back(time.as_string());
        try {
            expect(desk.add(slots_of(plan, days, now)), "demo");
        } catch (const std::runtime_error& error) {
            // At the end of a year whose successor is not published yet the demo has fewer free times.
            log::warn("demo.no_slots", {{"why", std::string_view(error.what())}});
        }
    }
}

}  // namespace bot::app
