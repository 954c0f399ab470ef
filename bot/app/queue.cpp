// `hejie queue`: the mediator queue from the command line.

#include "bot/app/commands.hpp"
#include "bot/app/service.hpp"
#include "bot/app/show_time.hpp"
#include "storage/case_store.hpp"

#include <boost/json.hpp>

#include <ostream>

namespace bot::app {
namespace {

namespace json = boost::json;

json::value text_or_null(const std::string& text)
{
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object to_json(const storage::queue_entry& entry)
{
    json::object object{
        {"code", entry.code},
        {"state", entry.state},
        {"dispute_type", entry.dispute_type},
        {"unit", entry.unit},
        {"submitted_at", show_time(entry.submitted_at)},
        {"accept_by", entry.accept_by ? json::value(show_time(*entry.accept_by)) : json::value(nullptr)},
        {"owner", text_or_null(entry.owner)},
        {"token", entry.token},
        {"lease_until", entry.lease_until ? json::value(show_time(*entry.lease_until)) : json::value(nullptr)},
    };
    object["amount_fen"] = entry.amount_fen ? json::value(*entry.amount_fen) : json::value(nullptr);
    return object;
}

json::object to_json(const dialogs::party& party)
{
    return {
        {"name", party.name},
        {"phone", party.phone},
        {"address", party.address},
        {"description", party.description},
    };
}

json::object to_json(const storage::case_record& record)
{
    const auto& filed = record.filed;
    json::object object = to_json(record.entry);
    object["applicant"] = to_json(filed.applicant);
    object["respondent"] = to_json(filed.respondent);
    object["narrative"] = filed.narrative;
    object["occurred"] = filed.occurred;
    object["place"] = filed.place;
    object["requests"] = filed.requests;
    object["other_body"] = filed.other_body;
    object["acting_for"] = filed.acting_for;
    object["minor"] = filed.minor;
    json::array evidence;
    for (const auto& item : filed.evidence)
        evidence.push_back(
            {{"kind", item.kind}, {"media_id", item.media_id}, {"received_at", show_time(item.received_at)}}
        );
    object["evidence"] = std::move(evidence);
    return object;
}

void print(std::ostream& out, const json::object& object, bool as_json)
{
    if (as_json) {
        out << json::serialize(object) << '\n';
        return;
    }
    for (const auto& [key, value] : object)
        out << std::string(key) << ": " << (value.is_string() ? std::string(value.as_string()) : json::serialize(value))
            << '\n';
}

void print_line(std::ostream& out, const storage::queue_entry& entry, bool as_json)
{
    if (as_json) {
        out << json::serialize(to_json(entry)) << '\n';
        return;
    }
    out << entry.code << '\t' << entry.state << '\t' << entry.dispute_type << '\t' << entry.unit << '\t'
        << (entry.accept_by ? show_time(*entry.accept_by) : "-") << '\t' << (entry.owner.empty() ? "-" : entry.owner)
        << '\n';
}

template <class T>
T& expect(bot::result<T>& outcome, const std::string& what)
{
    if (outcome.has_error())
        throw std::runtime_error(what + ": " + std::string(error_name(outcome.error())));
    return *outcome;
}

int list(storage::case_store& cases, const queue_options& options, std::ostream& out)
{
    auto found = cases.list({options.unit, options.free_only, options.limit}, system_clock().now());
    for (const auto& entry : expect(found, "queue list"))
        print_line(out, entry, options.json);
    return 0;
}

int show(storage::case_store& cases, const queue_options& options, std::ostream& out)
{
    auto found = cases.show(options.code);
    print(out, to_json(expect(found, "case " + options.code)), options.json);
    return 0;
}

int claim(storage::case_store& cases, const queue_options& options, std::ostream& out)
{
    const auto lease = std::chrono::minutes(options.lease_minutes);
    auto won = cases.claim_case(options.code, options.owner, system_clock().now(), lease);
    const auto& claim = expect(won, "claim");
    const json::object object{
        {"code", claim.code}, {"token", claim.token}, {"lease_until", show_time(claim.lease_until)}};
    print(out, object, options.json);
    return 0;
}

int release(storage::case_store& cases, const queue_options& options, std::ostream& out)
{
    auto given_back = cases.release(options.code, options.token);
    if (given_back.has_error())
        throw std::runtime_error("release: " + std::string(error_name(given_back.error())));
    out << "released " << options.code << '\n';
    return 0;
}

}  // namespace

int queue(const queue_options& options, std::ostream& out)
{
    const storage::keyring keys(load_master_key(options.settings));
    auto database = open_database(options.settings.database_url);
    prepare_schema(*database, false);
    auto db = database->connect();
    if (db.has_error())
        throw std::runtime_error("the database cannot be reached");
    storage::case_store cases(**db, keys);
    if (options.action == "list")
        return list(cases, options, out);
    if (options.action == "show")
        return show(cases, options, out);
    if (options.action == "claim")
        return claim(cases, options, out);
    return release(cases, options, out);
}

}  // namespace bot::app
