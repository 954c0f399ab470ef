// `hejie doctor`: checks what the server stands on and says what to mend. Exit code 1 when something must be mended.

#include "bot/app/commands.hpp"
#include "bot/app/platform_check.hpp"
#include "bot/app/service.hpp"
#include "bot/wechat/webhook.hpp"
#include "storage/migrations.hpp"

#include <filesystem>
#include <ostream>

namespace bot::app {
namespace {

class report {
public:
    explicit report(std::ostream& out) : out_(out) {}
    void good(const std::string& what) { out_ << "ok    " << what << '\n'; }
    void note(const std::string& what) { out_ << "note  " << what << '\n'; }
    void bad(const std::string& what)
    {
        out_ << "MEND  " << what << '\n';
        mend_ = true;
    }
    int exit_code() const { return mend_ ? 1 : 0; }

private:
    std::ostream& out_;
    bool mend_ = false;
};

void check_keys(const configuration& settings, report& to)
{
    try {
        load_master_key(settings);
        to.good("master key");
    } catch (const configuration_error& error) {
        to.bad(error.what());
    }
}

void check_flows(report& to)
{
    try {
        load_engine();
        to.good("dialogue flows and lexicons");
    } catch (const dialogs::flow_error& error) {
        to.bad(std::string("dialogue flows: ") + error.what());
    }
}

void check_schema(storage::sql::connection& db, report& to)
{
    auto status = storage::read_schema_status(db);
    if (status.has_error())
        return to.bad("schema: cannot be read (" + std::string(error_name(status.error())) + ")");
    for (const auto& fault : status->faults)
        to.bad("schema: " + fault);
    if (!status->pending.empty())
        to.bad("schema: " + std::to_string(status->pending.size()) + " migrations are pending: run `hejie migrate`");
    else if (status->faults.empty())
        to.good("schema is at version " + std::to_string(status->current));
}

void check_database(const configuration& settings, report& to)
{
    try {
        auto database = open_database(settings.database_url);
        auto db = database->connect();
        if (db.has_error())
            return to.bad("database: no answer; check database.url, and that the server runs");
        to.good("database answers (" + std::string(database->engine()) + ")");
        check_schema(**db, to);
    } catch (const configuration_error& error) {
        to.bad(error.what());
    }
}

void check_clock(report& to)
{
    using namespace std::chrono;
    const auto year = year_month_day(floor<days>(system_clock().now())).year();
    if (year < std::chrono::year(2026))
        to.bad("clock: it says the year " + std::to_string(int(year)) + "; signatures will be refused as stale");
    else
        to.good("clock");
}

void check_accounts(const configuration& settings, report& to)
{
    if (settings.wechat_accounts.empty())
        to.note("no WeChat account is configured ([wechat.accounts.NAME])");
    for (const auto& account : settings.wechat_accounts) {
        const std::string name = "account " + account.name;
        try {
            wechat::webhook check(account);
        } catch (const std::invalid_argument& error) {
            to.bad(name + ": " + error.what());
            continue;
        }
        if (account.configured_mode == wechat::mode::plain)
            to.note(name + ": in plain mode the signature does not cover the message; use safe mode");
        const std::string mend = advice(ask_platform(account));
        if (mend.empty())
            to.good(name + ": the platform gives an access token");
        else
            to.bad(name + ": " + mend);
    }
}

void check_fonts(report& to)
{
    // Documents are set in this face; its sans sister loses a character in PDF files.
    constexpr const char* face = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc";
    if (std::filesystem::exists(face))
        to.good("fonts for documents");
    else
        to.note("Noto Serif CJK is not installed (package fonts-noto-cjk): documents cannot be printed");
}

}  // namespace

int doctor(const configuration& settings, std::ostream& out)
{
    report to(out);
    check_flows(to);
    check_keys(settings, to);
    check_database(settings, to);
    check_clock(to);
    check_accounts(settings, to);
    check_fonts(to);
    return to.exit_code();
}

}  // namespace bot::app
