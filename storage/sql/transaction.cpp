#include "storage/sql/connection.hpp"

#include "bot/base/log.hpp"

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

namespace storage::sql {
namespace {

// Before the n-th repetition (from 1): 2, 4, 8 … at most 64 ms, each between half and the whole, so that two
// writers that collided do not meet again in step.
void back_off(int repetition)
{
    thread_local std::minstd_rand random{std::random_device{}()};
    const int full_us = 2'000 << std::min(repetition - 1, 5);
    std::uniform_int_distribution<int> share(full_us / 2, full_us);
    std::this_thread::sleep_for(std::chrono::microseconds(share(random)));
}

void roll_back(connection& db) noexcept
{
    try {
        db.execute("ROLLBACK");
    } catch (const std::exception&) {
        // The connection is marked by its engine and opened anew before its next use; the server rolls back.
    }
}

bot::errc final_error(const failure& why)
{
    switch (why.kind()) {
        case fault::duplicate:
            return bot::errc::conflict;
        case fault::again:
        case fault::elsewhere:
        case fault::unknown:
            return bot::errc::storage_down;
        case fault::never:
            break;
    }
    bot::log::error(
        "storage.refused", {{"code", std::int64_t{why.code()}}, {"what", std::string_view(why.what())}}
    );
    return bot::errc::storage_failed;
}

bool worth_repeating(fault kind)
{
    return kind == fault::again || kind == fault::elsewhere;
}

// One attempt. Throws failure.
void attempt(connection& db, const std::function<void()>& body)
{
    try {
        db.execute(db.begin_write());
        body();
        db.execute("COMMIT");
    } catch (...) {
        roll_back(db);
        throw;
    }
}

}  // namespace

bot::result<void> run_transaction(connection& db, const std::function<void()>& body, int attempts)
{
    bot::errc last = bot::errc::storage_down;
    for (int n = 0; n < attempts; ++n) {
        if (n > 0) back_off(n);
        if (!db.ensure_open()) continue;
        try {
            attempt(db, body);
            return {};
        } catch (const failure& why) {
            last = final_error(why);
            if (!worth_repeating(why.kind())) return last;
        }
    }
    return last;
}

bot::result<void> run_query(connection& db, const std::function<void()>& body)
{
    bot::errc last = bot::errc::storage_down;
    for (int n = 0; n < 2; ++n) {
        if (auto ready = db.ensure_open(); !ready) return ready.error();
        try {
            body();
            db.end_reads();
            return {};
        } catch (const failure& why) {
            db.end_reads();
            last = final_error(why);
            if (!worth_repeating(why.kind())) return last;
        } catch (...) {
            db.end_reads();
            throw;
        }
    }
    return last;
}

}  // namespace storage::sql
