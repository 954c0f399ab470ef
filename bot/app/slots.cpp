// `hejie slots` and `hejie invite`.

#include "bot/app/desk.hpp"
#include "bot/app/opened.hpp"
#include "bot/app/seed_slots.hpp"
#include "bot/app/show_time.hpp"
#include "dialogs/knowledge/law_rows.hpp"

#include <boost/json.hpp>
#include <openssl/rand.h>

#include <ostream>

namespace bot::app {
namespace {

namespace json = boost::json;

cases::date first_day(const std::string& text)
{
    if (text.empty())
        return cases::date(
            std::chrono::sys_days(cases::china_date(system_clock().now())) + std::chrono::days(1)
        );
    if (const auto day = dialogs::read_version_date(text))
        return *day;
    throw configuration_error("--from: expected YYYY-MM-DD");
}

void print(const storage::free_time& slot, bool as_json, std::ostream& out)
{
    if (as_json)
        out << json::serialize(json::object{
                   {"id", slot.id},
                   {"kind", slot.kind},
                   {"starts_at", show_time(slot.starts_at)},
                   {"place", slot.place},
                   {"with", slot.with},
                   {"capacity", slot.capacity},
                   {"taken", slot.taken}})
            << '\n';
    else
        out << slot.id << '\t' << slot.kind << '\t' << show_time(slot.starts_at) << '\t' << slot.place << '\t' << slot.with
            << '\t' << slot.taken << '/' << slot.capacity << '\n';
}

// Easily read out on the telephone: no vowels, no signs that look alike.
std::string invitation_code()
{
    constexpr std::string_view signs = "23456789BCDFGHJKLMNPQRSTVWXZ";
    unsigned char random[8];
    if (RAND_bytes(random, sizeof random) != 1)
        throw std::runtime_error("the system's random source failed");
    std::string out = "YQ";
    for (const unsigned char byte : random)
        out += signs[byte % signs.size()];
    return out;
}

}  // namespace

int slots_add(const slots_options& options, std::ostream& out)
{
    opened site(options.settings);
    const slot_plan plan{options.kind, options.place, options.with, first_day(options.from), options.days,
                         options.times, options.capacity};
    const auto days = read_working_days(options.settings.dialogs_directory);
    const auto slots = slots_of(plan, days, system_clock().now());
    const int added = expect(storage::desk(*site.db, site.keys).add(slots), "slots add");
    out << "added " << added << " of " << slots.size() << '\n';
    return 0;
}

int slots_list(const slots_options& options, std::ostream& out)
{
    opened site(options.settings);
    storage::desk desk(*site.db, site.keys);
    for (const auto& slot : expect(desk.times(options.kind, system_clock().now(), options.limit), "slots list"))
        print(slot, options.json, out);
    return 0;
}

int invite(const invite_options& options, std::ostream& out)
{
    opened site(options.settings);
    storage::desk desk(*site.db, site.keys);
    const auto now = system_clock().now();
    if (options.clear)
        expect(desk.clear_block(options.case_code, options.by, now), "nothing to clear in case " + options.case_code);
    const auto contact = expect(desk.contact_with_other_side(options.case_code), "case " + options.case_code);
    if (contact == storage::contact::blocked)
        throw std::runtime_error(
            "case " + options.case_code +
            ": the other side must not be asked, there may be violence; when a person has looked and it is safe: --clear"
        );
    const auto until = now + std::chrono::days(options.days);
    const auto made =
        expect(desk.invite(options.case_code, invitation_code(), options.by, now, until), "invite " + options.case_code);
    if (options.json)
        out << json::serialize(json::object{
                   {"code", made.code}, {"scene", "invite:" + made.code}, {"expires_at", show_time(made.expires_at)}})
            << '\n';
    else
        out << "code: " << made.code << "\nscene: invite:" << made.code << "\nexpires_at: " << show_time(made.expires_at)
            << '\n';
    return 0;
}

}  // namespace bot::app
