// What the platform's answers mean (protocol §8.2, §8.17).

#include "bot/outbox/worker.hpp"

#include <array>

namespace bot::outbox {
namespace {

using namespace std::chrono_literals;

constexpr std::array pauses{5s, 30s, 120s, 600s, 3600s};

}  // namespace

std::chrono::seconds pause_after(int attempts)
{
    const auto at = static_cast<std::size_t>(std::max(attempts, 1)) - 1;
    return pauses[std::min(at, pauses.size() - 1)];
}

verdict verdict_of(int errcode)
{
    switch (errcode) {
        case 0:
        case 45064:  // said before
        case 45065:
        case 45066:
        case 45067: return verdict::delivered;
        case 40001:
        case 40014:
        case 42001: return verdict::token_refused;
        case -1:     // busy
        case 45009:  // the day's quota
        case 45011:  // too fast
            return verdict::try_later;
        default: return verdict::hopeless;
    }
}

std::string reason_of(int errcode)
{
    switch (errcode) {
        case 45015: return "window_closed";
        case 45047: return "count_used_up";
        case 40003:
        case 40031:
        case 43004:
        case 43005:
        case 46004:
        case 50005: return "not_following";
        case 43019:
        case 48002: return "refused";
        default: return "errcode_" + std::to_string(errcode);
    }
}

}  // namespace bot::outbox
