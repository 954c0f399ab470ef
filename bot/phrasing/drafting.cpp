#include "bot/phrasing/drafting.hpp"

namespace bot::phrasing {

drafted drafting::draft(
    std::string_view question, std::span<const std::string> names, std::span<const dialogs::found_article> articles,
    endpoint::clock::time_point now, std::int64_t day
) const
{
    // Words of distress never reach a model (domain reference §20.4); they have approved texts and people.
    if (screen_.look(question).level != dialogs::crisis_level::c0)
        return {.reason = "danger"};
    if (articles.empty())
        return {.reason = "no_articles"};
    dialogs::redaction hiding(table_, names);
    const auto request = dialogs::ask_model(table_, hiding, question, articles);
    const auto answered = model_.ask(request.system, request.question, now, day);
    if (answered.has_error())
        return {.reason = std::string(error_name(answered.error()))};
    auto checked = dialogs::check_answer(table_, hiding, *answered, articles);
    if (const auto* fault = std::get_if<dialogs::draft_fault>(&checked))
        return {.reason = std::string(dialogs::to_string(*fault))};
    auto& good = std::get<dialogs::draft>(checked);
    return {.text = std::move(good.text), .cited = std::move(good.cited), .needs_human = good.needs_human};
}

}  // namespace bot::phrasing
