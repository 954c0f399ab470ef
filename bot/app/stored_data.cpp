// `hejie data` and `hejie export citizen`: the rights of a person over what is stored of them.

#include "bot/app/desk.hpp"
#include "bot/app/opened.hpp"
#include "bot/app/show_time.hpp"
#include "storage/services/personal_data.hpp"

#include <boost/json.hpp>

#include <ostream>

namespace bot::app {

namespace json = boost::json;

int data_list(const data_options& options, std::ostream& out)
{
    opened site(options.settings);
    storage::personal_data data(*site.db, site.keys);
    for (const auto& line : expect(data.requests(options.state, 1'000), "data list")) {
        if (options.json)
            out << json::serialize(json::object{
                       {"code", line.code},
                       {"kind", line.kind},
                       {"state", line.state},
                       {"citizen", line.citizen.value},
                       {"at", show_time(line.at)},
                       {"decision", line.decision}})
                << '\n';
        else
            out << line.code << '\t' << line.kind << '\t' << line.state << '\t' << line.citizen.value << '\t'
                << show_time(line.at) << '\t' << line.decision << '\n';
    }
    return 0;
}

int data_erase(const data_options& options, std::ostream& out)
{
    opened site(options.settings);
    storage::personal_data data(*site.db, site.keys);
    const auto now = system_clock().now();
    const auto request = expect(data.find(options.code), "request " + options.code);
    if (request.kind != "erase")
        throw std::runtime_error("request " + options.code + " asks for " + request.kind + ", not for erasure");
    const auto open = expect(data.open_matters(request.citizen, now), "data erase");
    if (open > 0 && options.decision.empty())
        throw std::runtime_error(
            std::to_string(open) + " matters are under way; whoever decides to end them says so with --decision"
        );
    const std::string why = options.decision.empty() ? "asked for" : options.decision;
    expect(data.erase(request.citizen, request.code, why, now), "data erase");
    out << "erased\n";
    return 0;
}

int data_settle(const data_options& options, std::ostream& out)
{
    opened site(options.settings);
    storage::personal_data data(*site.db, site.keys);
    expect(data.find(options.code), "request " + options.code);
    expect(data.settle(options.code, options.state, options.decision, system_clock().now()), "data settle");
    out << options.state << '\n';
    return 0;
}

int export_citizen(const data_options& options, std::ostream& out)
{
    opened site(options.settings);
    storage::personal_data data(*site.db, site.keys);
    const auto request = expect(data.find(options.code), "request " + options.code);
    out << expect(data.copy_of(request.citizen), "export citizen") << '\n';
    return 0;
}

}  // namespace bot::app
