#include "dialogs/engine/engine.hpp"

#include "dialogs/engine/load.hpp"
#include "dialogs/engine/turn_maker.hpp"

namespace dialogs {

struct engine::impl {
    book data;
};

engine::engine(const std::vector<source_file>& files) : impl_(new impl{load_book(files)}) {}

engine::~engine() = default;

std::variant<stepped, wants> engine::step(const conversation& before, const step_input& input) const
{
    return turn_maker(impl_->data, before, input).make();
}

std::optional<engine::fallback> engine::crisis_fallback(const said& what) const
{
    const auto heard = hear(what);
    if (heard.text.empty())
        return std::nullopt;
    const auto& data = impl_->data;
    const auto seen = data.safety->look(heard.text);
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
