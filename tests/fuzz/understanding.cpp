// Any bytes as what a citizen wrote, as labelled rows, and as a model file: an answer or an error with a reason.

#include "dialogs/data.hpp"
#include "dialogs/learning/rows.hpp"
#include "dialogs/understanding/hint_table.hpp"
#include "dialogs/understanding/linear_model.hpp"
#include "dialogs/understanding/model_file.hpp"
#include "dialogs/understanding/safety_screen.hpp"
#include "dialogs/understanding/trained_understanding.hpp"

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

using namespace dialogs;

namespace {

void demand(bool holds)
{
    if (!holds)
        std::abort();
}

const understanding& models()
{
    static const auto loaded = load_understanding();
    return *loaded;
}

const safety_screen& screen()
{
    static const safety_screen loaded = [] {
        for (const auto& file : dialogs_data())
            if (file.path == "lexicon/safety.yaml")
                return safety_screen{file.path, file.content};
        std::abort();
    }();
    return loaded;
}

void ask(std::string_view text)
{
    const auto found = models().read(text);
    double all = 0;
    for (const auto& one : found.dispute)
        all += one.p;
    demand(found.dispute.size() == 20 && std::abs(all - 1) < 1e-6 && !found.national.empty() && !found.intent.empty());
    demand(found.p_high >= 0 && found.p_high <= 1 && std::abs(models().danger(text) - found.p_high) < 1e-9);
    const auto alone = screen().look(text);
    const auto together = screen().look(text, found.p_high);
    demand(together.level >= alone.level);  // a model never talks a phrase down
}

void read_labels(std::string_view bytes)
{
    const auto cut = bytes.find('\0');
    const auto table = cut == std::string_view::npos ? std::string_view{} : bytes.substr(cut + 1);
    for (const auto* task : {"dispute", "section", "intent", "risk", "elements"})
        try {
            for (const auto& row : learning::read_rows(task, {"rows", bytes.substr(0, cut), table, "table"}, {"a", "b"}))
                demand(!row.text.empty());
        } catch (const std::runtime_error&) {
        }
}

// The checksum is right, so that what lies behind it is reached.
void open_model(std::string_view bytes)
{
    std::string file = "HJM1L";
    file.append(3, '\0');
    const auto sum = fingerprint(bytes);
    file.append(reinterpret_cast<const char*>(&sum), sizeof sum);
    file += bytes;
    try {
        const classifier judge{read_model("fuzz", file), {}};
        for (const auto* text : {"", "我要离婚", "房东不退押金 3000"})
            demand(judge.probabilities(load_features()->read(text)).size() == judge.model().labels.size());
    } catch (const broken_model&) {
    }
    file[4] = 'V';
    try {
        const word_vectors vectors{read_vectors("fuzz", file)};
        vectors.of(count_text_grams(U"我要离婚", 3));
    } catch (const broken_model&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    if (all.empty())
        return 0;
    const auto rest = all.substr(1);
    if (all.front() % 3 == 0)
        ask(rest);
    else if (all.front() % 3 == 1)
        read_labels(rest);
    else
        open_model(rest);
    return 0;
}
