#include "bot/turns/admission.hpp"

#include "bot/base/log.hpp"

#include <algorithm>
#include <cstdint>

namespace bot::turns {

bool admission::admits(std::size_t under_way)
{
    if (under_way < (stands_ ? room_ : options_.at_most))
        return true;
    if (!told_)
        log::warn("turns.shedding", {{"under_way", static_cast<std::int64_t>(under_way)}});
    told_ = true;
    return false;
}

void admission::ended(time_point arrived, time_point now)
{
    const auto waited = now - arrived;
    shortest_ = ended_ == 0 ? waited : std::min(shortest_, waited);
    ++ended_;
    if (now - window_began_ >= options_.window)
        judge(now);
}

// While deliveries are refused the queue is kept at the target: it has emptied when a wait was well below that.
void admission::judge(time_point now)
{
    stands_ = shortest_ > (stands_ ? options_.target / 4 : options_.target);
    told_ = told_ && stands_;
    const std::chrono::duration<double> lasted = now - window_began_;
    const auto in_target = static_cast<double>(ended_) * (std::chrono::duration<double>(options_.target) / lasted);
    room_ = std::clamp(static_cast<std::size_t>(in_target), options_.always, options_.at_most);
    window_began_ = now;
    ended_ = 0;
}

}  // namespace bot::turns
