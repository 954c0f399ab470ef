#include "bot/wechat/replay_memory.hpp"

namespace bot::wechat {

bool replay_memory::admits(
    std::string_view signature, const fingerprint& body, bot::instant now, std::chrono::seconds keep
)
{
    forget(now - keep);
    const auto [entry, fresh] = bodies_.try_emplace(std::string(signature), remembered{body, now});
    if (!fresh)
        return entry->second.body == body;
    arrivals_.push_back(&*entry);
    if (arrivals_.size() > capacity_) {
        bodies_.erase(std::string(arrivals_.front()->first));
        arrivals_.pop_front();
    }
    return true;
}

void replay_memory::forget(bot::instant before)
{
    while (!arrivals_.empty() && arrivals_.front()->second.at < before) {
        bodies_.erase(std::string(arrivals_.front()->first));
        arrivals_.pop_front();
    }
}

}  // namespace bot::wechat
