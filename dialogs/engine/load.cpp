#include "dialogs/engine/load.hpp"

#include "dialogs/understanding/lexicon.hpp"

#include <algorithm>

namespace dialogs {

flow_error::flow_error(std::vector<std::string> faults) : faults_(std::move(faults))
{
    for (const auto& fault : faults_) {
        if (!text_.empty())
            text_ += '\n';
        text_ += fault;
    }
}

void fault_list::add(std::string_view path, int line, std::string_view what)
{
    faults.push_back(std::string(path) + ":" + std::to_string(line) + ": " + std::string(what));
}

namespace {

std::string_view file_name(std::string_view path)
{
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool in_folder(std::string_view path, std::string_view folder)
{
    const std::string inside = "/" + std::string(folder) + "/";
    return path.starts_with(inside.substr(1)) || path.find(inside) != std::string_view::npos;
}

void read_lexicon(book& into, const source_file& file, fault_list& faults)
{
    const auto name = file_name(file.path);
    try {
        if (name == "dispute_types.yaml")
            into.disputes.emplace(file.path, file.content);
        else if (name == "jurisdiction.yaml")
            into.district = read_jurisdiction(file.path, file.content);
        else if (name == "calendar.yaml" || name == "holidays.yaml")
            into.days = read_calendar(file.path, file.content);
        else if (name == "safety.yaml")
            into.safety.emplace(file.path, file.content);
        else if (name == "eligibility.yaml")
            into.eligible.emplace(file.path, file.content);
        else if (name == "minors.yaml")
            into.minors.emplace(file.path, file.content);
        else if (name == "clocks.yaml")
            into.clocks = clock_table(file.path, file.content);
    } catch (const flow_error& e) {
        faults.faults.insert(faults.faults.end(), e.faults().begin(), e.faults().end());
    }
}

void read_answers(book& into, const std::vector<source_file>& files, fault_list& faults)
{
    std::vector<card_file> cards;
    card_file words{"lexicon/answer_words.yaml", {}};
    for (const auto& file : files)
        if (in_folder(file.path, "answers"))
            cards.push_back({file.path, file.content});
        else if (file_name(file.path) == "answer_words.yaml")
            words = {file.path, file.content};
    if (cards.empty())
        return;  // a deployment may do without
    try {
        into.cards = answer_cards(cards, words);
    } catch (const flow_error& e) {
        faults.faults.insert(faults.faults.end(), e.faults().begin(), e.faults().end());
    }
}

// FNV-1a over the paths and contents of what makes a book: 32 bits tell the few versions of one server apart.
std::string version_of(const std::vector<source_file>& files)
{
    std::uint32_t hash = 2166136261u;
    const auto take = [&](std::string_view bytes) {
        for (const char c : bytes)
            hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
        hash = (hash ^ 0xFFu) * 16777619u;
    };
    for (const auto& file : files)
        if (file.path.ends_with(".yaml")) {
            take(file.path);
            take(file.content);
        }
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (int shift = 28; shift >= 0; shift -= 4)
        out += digits[(hash >> shift) & 15u];
    return out;
}

void speak_for_no_duty(book& made)
{
    for (std::size_t i = 0; i < made.texts.size(); ++i)
        if (!made.unstaffed[i].empty())
            made.texts[i] = made.unstaffed[i];
}

}  // namespace

book load_book(const std::vector<source_file>& files)
{
    book made;
    fault_list faults;
    for (const auto& file : files) {
        if (in_folder(file.path, "lexicon"))
            read_lexicon(made, file, faults);
        else if (in_folder(file.path, "flows"))
            read_flow_file(made, file, faults);
    }
    read_answers(made, files, faults);
    check_book(made, faults);
    if (!faults.faults.empty())
        throw flow_error(std::move(faults.faults));
    made.version = version_of(files);
    if (!made.duty_on_call)
        speak_for_no_duty(made);
    return made;
}

}  // namespace dialogs
