#include "bot/outbox/erasures.hpp"

#include "bot/base/log.hpp"
#include "storage/services/personal_data.hpp"

namespace bot::outbox {
namespace {

constexpr int at_once = 100;

}  // namespace

bot::result<erasure_figures> carry_out_erasures(
    storage::sql::connection& db, const storage::keyring& keys, bot::instant now, std::chrono::hours wait
)
{
    storage::personal_data data(db, keys);
    auto open = data.requests("open", at_once);
    if (open.has_error()) return open.error();
    erasure_figures done;
    for (const auto& request : *open) {
        if (request.kind != "erase" || request.at + wait > now) continue;
        auto matters = data.open_matters(request.citizen, now);
        if (matters.has_error()) return matters.error();
        const bool held = *matters > 0;
        auto settled = held ? data.settle(request.code, "held", "something is under way", now)
                            : data.erase(request.citizen, request.code, "asked for", now);
        if (settled.has_error() && settled.error() != bot::errc::conflict) return settled.error();
        if (settled.has_error()) continue;  // a turn came in between: the next round
        ++(held ? done.held : done.erased);
        log::info(held ? "erasure.held" : "erasure.done", {{"citizen", request.citizen.value}});
    }
    return done;
}

}  // namespace bot::outbox
