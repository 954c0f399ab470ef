// Scripts whose citizens are more than one, and who have laws imported.
#include "tests/unit/dialogs/engine_chat.hpp"

#include <unistd.h>

#include <filesystem>

namespace test {

std::shared_ptr<const dialogs::law_library> library_of(std::vector<dialogs::law_row> rows)
{
    static int number = 0;
    const auto folder = std::filesystem::temp_directory_path() / ("hejie_laws_" + std::to_string(::getpid()) + "_" + std::to_string(++number));
    write_laws(std::move(rows), folder.string());
    auto opened = dialogs::law_library::open(folder.string());
    std::filesystem::remove_all(folder);  // mapped already
    return std::make_shared<const dialogs::law_library>(std::move(opened.value()));
}

players::players(const script& played, const dialogs::engine& answers)
    : with_laws_(played.laws.empty() ? nullptr : std::make_unique<dialogs::engine>(whole_data(), library_of(law_rows(played.laws)))),
      answers_(with_laws_ ? *with_laws_ : answers), now_(chat().now)
{
}

chat& players::prepare(const script_turn& turn)
{
    speaker_ = turn.who;
    auto& speaker = chats_[speaker_];
    speaker.answers = &answers_;
    for (const auto& move : turn.before)
        now_ = move.to.value_or(now_ + move.by);
    speaker.now = now_;
    for (const auto& change : turn.world)
        speaker.learns(change, last_filed_ ? &*last_filed_ : nullptr);
    return speaker;
}

dialogs::said players::said_by(const script_turn& turn) const
{
    if (const auto* button = std::get_if<tap>(&turn.says))
        return chats_.at(speaker_).button_shown(button->button);
    return std::get<dialogs::said>(turn.says);
}

void players::passed()
{
    if (const auto& filed = chats_[speaker_].filed; !filed.empty())
        last_filed_ = filed.back();
    now_ += std::chrono::seconds(20);
}

}  // namespace test
