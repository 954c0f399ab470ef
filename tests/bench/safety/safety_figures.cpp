// The safety screen's figures: recall, precision and false alarms by level, on the project's own sentences and, when their
// files are there, on labelled openings of consultations and on legal questions.
//
//   safety_figures [--data DIR] [--unseen | --understood FILE] [--show alerts|misses]
//   safety_figures [--data DIR] --texts         the texts as {"id","text"}, for `hejie understand`
//
// --unseen: the screen's model is trained here, so that it judges each text without having seen it (unseen_model.hpp), and
// the figures are those of table and model together: what the shipped pair is to be expected to do with new texts.
// --understood: what `hejie understand` answered to them; its p_high is given to the screen, so that the figures are those
// of table and model together, on texts that the model partly knows. Without either they are those of the table alone.
// --show prints ids and rules, no texts.
#include "tests/bench/safety/measured_sets.hpp"
#include "tests/bench/safety/unseen_model.hpp"

#include "dialogs/understanding/safety_screen.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace {

using dialogs::crisis_level;
using clock_type = std::chrono::steady_clock;

struct settings {
    std::filesystem::path data;
    std::filesystem::path understood;
    std::string show;
    bool texts = false;
    bool unseen = false;
};

settings settings_of(int count, char** arguments)
{
    settings made;
    for (int i = 1; i < count; ++i) {
        const std::string key = arguments[i];
        if (key == "--texts") {
            made.texts = true;
            continue;
        }
        if (key == "--unseen") {
            made.unseen = true;
            continue;
        }
        if (i + 1 == count)
            throw std::invalid_argument{key + " needs a value"};
        const std::string value = arguments[++i];
        if (key == "--data")
            made.data = value;
        else if (key == "--understood")
            made.understood = value;
        else if (key == "--show" && (value == "alerts" || value == "misses"))
            made.show = value;
        else
            throw std::invalid_argument{"unknown: " + key + " " + value};
    }
    return made;
}

using probabilities = std::map<std::string, double>;

probabilities probabilities_of(const std::filesystem::path& understood)
{
    probabilities all;
    if (understood.empty())
        return all;
    std::istringstream lines{content_of(understood)};
    for (std::string line; std::getline(lines, line);) {
        const auto row = boost::json::parse(line);
        all[std::string{row.at("id").as_string()}] = row.at("crisis").at("p_high").to_number<double>();
    }
    return all;
}

struct counts {
    std::array<int, 5> texts{};
    std::array<int, 5> alerts{};
    std::vector<double> micros;
    std::vector<std::string> shown;
};

counts measure(
    const dialogs::safety_screen& screen, const measured_set& set, const probabilities& p_high, const std::string& show
)
{
    counts seen;
    for (const auto& one : set.texts) {
        const auto known = p_high.find(one.id);
        const auto p = known == p_high.end() ? std::nullopt : std::optional{known->second};
        const auto begin = clock_type::now();
        const auto found = screen.look(one.text, p);
        seen.micros.push_back(std::chrono::duration<double, std::micro>(clock_type::now() - begin).count());
        const auto grade = static_cast<std::size_t>(one.grade());
        const bool alert = found.level >= crisis_level::c2;
        ++seen.texts.at(grade);
        seen.alerts.at(grade) += alert ? 1 : 0;
        if ((show == "alerts" && alert && grade < 2) || (show == "misses" && !alert && grade >= 2)) {
            std::string row = one.id + " " + one.level + " -> " + on_its_ladder(found);
            for (const auto& reason : found.reasons)
                row += " " + reason;
            seen.shown.push_back(std::move(row));
        }
    }
    std::sort(seen.micros.begin(), seen.micros.end());
    return seen;
}

void print_share(const char* name, int part, int of)
{
    if (of == 0)
        std::printf("  %-28s -\n", name);
    else
        std::printf("  %-28s %.3f  (%d of %d)\n", name, static_cast<double>(part) / of, part, of);
}

void print(const measured_set& set, const counts& seen)
{
    const auto sum = [](const std::array<int, 5>& of, std::size_t from, std::size_t to) {
        int all = 0;
        for (auto i = from; i < to; ++i)
            all += of.at(i);
        return all;
    };
    const int right = sum(seen.alerts, 2, 5);
    const int wrong = sum(seen.alerts, 0, 2);
    std::printf("%s: %zu texts, data %s\n", set.name.c_str(), set.texts.size(), set.hash.c_str());
    print_share("alert recall", right, sum(seen.texts, 2, 5));
    print_share("precision", right, right + wrong);
    for (std::size_t grade = 0; grade < seen.texts.size(); ++grade)
        print_share(("alerts at level " + std::to_string(grade)).c_str(), seen.alerts.at(grade), seen.texts.at(grade));
    const auto at = [&](double share) {
        return seen.micros.at(std::min(seen.micros.size() - 1, static_cast<std::size_t>(share * static_cast<double>(seen.micros.size()))));
    };
    if (!seen.micros.empty())
        std::printf("  µs a message                 p50 %.0f, p99 %.0f, longest %.0f\n", at(.5), at(.99), seen.micros.back());
    for (const auto& row : seen.shown)
        std::printf("    %s\n", row.c_str());
}

int run(const settings& how)
{
    const std::filesystem::path source{HEJIE_SOURCE_DIR};
    const auto sets = read_measured_sets(source, how.data);
    if (how.texts) {
        for (const auto& set : sets)
            for (const auto& one : set.texts)
                std::cout << boost::json::serialize(boost::json::object{{"id", one.id}, {"text", one.text}}) << "\n";
        return 0;
    }
    const auto table = content_of(source / "dialogs/lexicon/safety.yaml");
    const dialogs::safety_screen screen{"safety.yaml", table};
    const auto p_high = how.unseen ? unseen_probabilities(source, how.data) : probabilities_of(how.understood);
    std::printf("table %s, %s\n", sha256_hex(table).substr(0, 16).c_str(),
                p_high.empty() ? "no model" : ("p_high of " + std::to_string(p_high.size()) + " texts").c_str());
    for (const auto& set : sets)
        print(set, measure(screen, set, p_high, how.show));
    if (sets.size() < 5)
        std::puts("openings or legal questions are missing: --data DIR with psych_client_turns.jsonl.gz, consult_qa.jsonl.gz");
    return 0;
}

}  // namespace

int main(int count, char** arguments)
{
    try {
        return run(settings_of(count, arguments));
    } catch (const std::exception& error) {
        std::cerr << "safety_figures: " << error.what() << "\n";
        return 2;
    }
}
