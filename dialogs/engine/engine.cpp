#include "dialogs/engine/engine.hpp"

#include "dialogs/engine/load.hpp"
#include "dialogs/engine/turn_maker.hpp"

#include <algorithm>
#include <atomic>

namespace dialogs {

namespace {

// Conversations under way may need so many versions back; one of an older version goes on with the newest.
constexpr std::size_t versions_kept = 8;

}  // namespace

struct engine::impl {
    std::atomic<std::shared_ptr<const library>> versions;
    std::shared_ptr<const law_library> laws;

    std::shared_ptr<const book> load(const std::vector<source_file>& files, std::shared_ptr<const understanding> models) const
    {
        auto made = std::make_shared<book>(load_book(files));
        made->laws = laws;
        made->models = std::move(models);
        return made;
    }
};

engine::engine(
    const std::vector<source_file>& files, std::shared_ptr<const law_library> laws, std::shared_ptr<const understanding> models
)
    : impl_(new impl)
{
    impl_->laws = std::move(laws);
    impl_->versions = std::make_shared<const library>(library{impl_->load(files, std::move(models))});
}

engine::~engine() = default;

std::string engine::reload(const std::vector<source_file>& files, std::shared_ptr<const understanding> models)
{
    auto before = impl_->versions.load();
    const auto fresh = impl_->load(files, models ? std::move(models) : before->front()->models);
    std::shared_ptr<const library> after;
    do {
        library made{fresh};
        for (const auto& version : *before)
            if (version->version != fresh->version && made.size() < versions_kept)
                made.push_back(version);
        after = std::make_shared<const library>(std::move(made));
    } while (!impl_->versions.compare_exchange_weak(before, after));
    return fresh->version;
}

std::string engine::version() const { return impl_->versions.load()->front()->version; }

std::variant<stepped, wants> engine::step(const conversation& before, const step_input& input) const
{
    const auto versions = impl_->versions.load();
    return turn_maker(*versions, before, input).make();
}

std::optional<engine::fallback> engine::crisis_fallback(const said& what) const
{
    const auto heard = hear(what);
    if (heard.text.empty())
        return std::nullopt;
    const auto versions = impl_->versions.load();
    const auto& data = *versions->front();
    const auto seen = data.look_for_danger(heard.text);
    if (seen.level < crisis_level::c2)
        return std::nullopt;
    // Nothing was stored and nobody is alerted: only the words that promise neither.
    auto text = seen.level == crisis_level::c2 ? text_id::crisis_fallback : text_id::crisis_fallback_now;
    if (seen.third_person)
        text = text_id::crisis_third;
    if (seen.violence)
        text = text_id::crisis_fallback_violence;
    return fallback{std::string(to_string(seen.level)), {{data.text(text), {}}}};
}

}  // namespace dialogs
