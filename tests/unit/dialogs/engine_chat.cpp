#include "tests/unit/dialogs/engine_chat.hpp"

#include "dialogs/data.hpp"
#include "dialogs/understanding/trained_understanding.hpp"

#include <algorithm>
#include <stdexcept>

namespace test {

std::vector<dialogs::source_file> whole_data()
{
    std::vector<dialogs::source_file> files;
    for (const auto& file : dialogs_data())
        files.push_back({std::string(file.path), std::string(file.content)});
    return files;
}

std::shared_ptr<const dialogs::understanding> trained_models()
{
    static const std::shared_ptr<const dialogs::understanding> models = dialogs::load_understanding();
    return models;
}

const dialogs::engine& whole_engine()
{
    static const dialogs::engine engine(whole_data(), nullptr, trained_models());
    return engine;
}

std::vector<dialogs::source_file> staffed_data()
{
    auto files = whole_data();
    const std::string off = "duty_on_call: false";
    for (auto& file : files)
        if (const auto at = file.content.find(off); at != std::string::npos)
            file.content.replace(at, off.size(), "duty_on_call: true");
    return files;
}

const dialogs::engine& staffed_engine()
{
    static const dialogs::engine engine(staffed_data(), nullptr, trained_models());
    return engine;
}

void chat::tell(const dialogs::wants& asked, dialogs::known& facts) const
{
    if (asked.own_cases)
        facts.own_cases = world.own_cases.value_or(std::vector<dialogs::case_view>{});
    if (asked.own_appointments)
        facts.own_appointments = world.own_appointments.value_or(std::vector<dialogs::appointment_view>{});
    if (facts.own_appointments)
        std::erase_if(*facts.own_appointments, [this](const dialogs::appointment_view& a) { return a.starts_at < now; });
    if (!asked.free_slots.empty())
        facts.free_slots = world.free_slots.value_or(std::vector<dialogs::slot_view>{});
    if (!asked.invitation.empty()) {
        facts.invitation = world.invitation.value_or(std::nullopt);
        if (*facts.invitation && (*facts.invitation)->code != asked.invitation)
            facts.invitation = std::optional<dialogs::invitation_view>{};
    }
    if (asked.own_services)
        facts.own_services = services();
    if (asked.stored)
        facts.stored = stored();
}

std::string chat::hears(const dialogs::said& what)
{
    ++turns;
    since_ = since_.value_or(now);
    dialogs::known facts;
    auto made = answers->step(state, {what, now, turns, facts});
    for (int reads = 0; reads < 4 && std::holds_alternative<dialogs::wants>(made); ++reads) {
        tell(std::get<dialogs::wants>(made), facts);
        made = answers->step(state, {what, now, turns, facts});
    }
    auto& done = std::get<dialogs::stepped>(made);
    state = dialogs::parse_conversation(dialogs::serialise(done.after));
    last = std::move(done.out);
    std::string text;
    for (const auto& r : last.replies) {
        text += (text.empty() ? "" : "\n") + r.text;
        seen.insert(seen.end(), r.choices.begin(), r.choices.end());
    }
    for (const auto& e : last.effects)
        remember(e);
    return text;
}

std::string chat::taps(std::string_view button) { return hears(button_shown(button)); }

dialogs::said chat::button_shown(std::string_view button) const
{
    const auto at = std::find_if(seen.rbegin(), seen.rend(), [&](const dialogs::choice& c) {
        return c.label == button || c.target == button;
    });
    if (at != seen.rend())
        return dialogs::said_text{at->label, at->target};
    if (button.find('/') == std::string_view::npos)
        throw std::invalid_argument("no such button was shown: " + std::string(button));
    return dialogs::said_text{"按钮", std::string(button)};
}

std::size_t rendered_bytes(const std::vector<dialogs::reply>& replies)
{
    const auto encoded = [](std::string_view text) {
        std::size_t size = 0;
        for (const char c : text)
            size += std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' ? 1 : 3;
        return size;
    };
    constexpr std::string_view frame = R"(<a href="weixin://bizmsgmenu?msgmenucontent=&msgmenuid="></a>)";
    std::size_t size = 0;
    for (const auto& r : replies) {
        size += r.text.size() + 2;
        for (const auto& c : r.choices)
            size += frame.size() + 1 + encoded(c.label) + encoded(c.target) + c.label.size();
    }
    return size;
}

}  // namespace test
