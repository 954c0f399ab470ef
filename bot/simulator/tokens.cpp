#include "bot/simulator/tokens.hpp"

#include "bot/simulator/random_text.hpp"

#include <algorithm>

namespace bot::simulator {
namespace {

constexpr std::chrono::minutes overlap{5};  // in which the previous token still works

}  // namespace

issued_token token_book::make(bot::instant now)
{
    auto value = "fake_" + random_text(59);
    until_[value] = now + life_;
    return {std::move(value), life_};
}

void token_book::shorten(const std::string& token, bot::instant end)
{
    if (const auto found = until_.find(token); found != until_.end())
        found->second = std::min(found->second, end);
}

issued_token token_book::classic(bot::instant now)
{
    shorten(classic_, now + overlap);
    auto made = make(now);
    classic_ = made.value;
    return made;
}

issued_token token_book::stable(bot::instant now, bool force_refresh)
{
    const auto current = until_.find(stable_);
    if (!force_refresh && current != until_.end() && current->second > now + overlap)
        return {stable_, std::chrono::duration_cast<std::chrono::seconds>(current->second - now)};
    if (force_refresh && current != until_.end()) until_.erase(current);
    auto made = make(now);
    stable_ = made.value;
    return made;
}

int token_book::check(std::string_view token, bot::instant now) const
{
    if (token.empty()) return 41001;
    const auto found = until_.find(token);
    if (found == until_.end()) return 40001;
    return found->second > now ? 0 : 42001;
}

}  // namespace bot::simulator
