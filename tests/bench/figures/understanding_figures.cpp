// understanding_figures DATA: trains each classifier on four fifths of its data and prints how it does on the fifth, then
// how the models in the binary do on the everyday sentences, and what a message costs. DATA is the folder with
// consult_qa, dispute_labels_train, cail2019_elements_train and psych_client_turns (.jsonl.gz). One core, no random
// numbers: the same data print the same figures.

#include "bot/app/sha256.hpp"
#include "bot/app/text_file.hpp"
#include "dialogs/data.hpp"
#include "dialogs/learning/figures.hpp"
#include "dialogs/learning/tasks.hpp"
#include "dialogs/understanding/hint_table.hpp"
#include "dialogs/understanding/safety_screen.hpp"
#include "dialogs/understanding/trained_understanding.hpp"
#include "dialogs/understanding/type_codes.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

namespace {

namespace json = boost::json;
namespace learning = dialogs::learning;
using learning::row;

const std::string tree = HEJIE_SOURCE_DIR;

struct source {
    std::string texts;
    std::string table;
};

struct data {
    std::vector<row> rows;
    std::string hash;
};

class bench {
public:
    explicit bench(std::string folder)
        : folder_(std::move(folder)), codes_(dialogs::read_type_codes("type_codes.yaml", embedded("lexicon/type_codes.yaml"))),
          features_(dialogs::load_features())
    {
    }

    void run()
    {
        const source consult{folder_ + "/consult_qa.jsonl.gz", tree + "/dialogs/training/consult/labels.tsv"};
        const source openings{folder_ + "/psych_client_turns.jsonl.gz", tree + "/dialogs/training/crisis/psych_levels.tsv"};
        const auto types = read("dispute", consult);
        const auto own = first_labelled();
        split("dispute type", "dispute", types.rows, types.hash, [](const row&) { return true; });
        split("  of those, first reader's", "dispute", types.rows, types.hash, [&](const row& r) { return own.contains(r.group); });
        const auto sections = read("section", consult);
        split("section", "section", sections.rows, sections.hash, [](const row&) { return true; });
        const auto intents = read("intent", {tree + "/dialogs/training/intent/sentences.jsonl", {}});
        split("intent", "intent", intents.rows, intents.hash, [](const row&) { return true; });
        const auto elements = divorce();
        split("divorce elements", "elements", elements.rows, elements.hash, [](const row&) { return true; });
        danger(openings, types.rows);
        severity(openings);
        everyday();
        cost(types.rows);
    }

private:
    static std::string_view embedded(std::string_view path)
    {
        for (const auto& file : dialogs_data())
            if (file.path == path)
                return file.content;
        throw std::runtime_error("not in the binary: " + std::string{path});
    }

    data read(const std::string& task, const source& from) const
    {
        const auto texts = bot::app::read_text_file(from.texts);
        const auto table = from.table.empty() ? std::string{} : bot::app::read_text_file(from.table);
        return {learning::read_rows(task, {from.texts, texts, table, from.table}, codes_.sections),
                bot::app::sha256::of(texts + table)};
    }

    std::set<std::int64_t> first_labelled() const
    {
        std::set<std::int64_t> ids;
        std::istringstream lines(bot::app::read_text_file(folder_ + "/dispute_labels_train.jsonl.gz"));
        for (std::string line; std::getline(lines, line);)
            ids.insert(json::parse(line).as_object().at("id").as_int64());
        return ids;
    }

    data divorce() const
    {
        const auto all = bot::app::read_text_file(folder_ + "/cail2019_elements_train.jsonl.gz");
        std::istringstream lines(all);
        std::string chosen;
        for (std::string line; std::getline(lines, line);)
            if (json::parse(line).as_object().at("dom").as_string() == "divorce")
                chosen += line + '\n';
        return {learning::read_rows("elements", {"elements", chosen, {}, {}}, codes_.sections), bot::app::sha256::of(all)};
    }

    const dialogs::classifier& trained(const std::string& task, const std::vector<row>& rows)
    {
        const auto known = judges_.find(task);
        if (known != judges_.end())
            return known->second;
        std::vector<row> seen;
        for (const auto& one : rows)
            if (!one.frozen())
                seen.push_back(one);
        std::vector<std::string> codes;
        for (const auto& one : codes_.codes)
            codes.push_back(one.code);
        const auto labels = learning::labels_for(task, seen, codes, codes_.sections);
        auto model = learning::train_task(task, learning::examples_of(task, seen, labels, *features_), labels, *features_);
        return judges_.emplace(task, dialogs::classifier{std::move(model), features_->hints()->names()}).first->second;
    }

    template <class Which>
    void split(const char* name, const std::string& task, const std::vector<row>& rows, const std::string& hash, Which which)
    {
        const auto& judge = trained(task, rows);
        std::vector<row> kept;
        for (const auto& one : rows)
            if (one.frozen() && which(one))
                kept.push_back(one);
        const auto examples = learning::examples_of(task, kept, judge.model().labels, *features_);
        print(name, examples.size(), learning::measure_task(judge, examples), hash);
    }

    static void print(const char* name, std::size_t rows, const std::vector<learning::figure>& figures, const std::string& hash)
    {
        std::printf("%-28s n %5zu ", name, rows);
        for (const auto& one : figures)
            std::printf(" %s %.3f ", one.name.c_str(), one.value);
        std::printf(" data %.12s\n", hash.c_str());
        std::fflush(stdout);
    }

    // An alert is level 2 and above; legal questions must not be taken for one.
    void danger(const source& openings, const std::vector<row>& legal)
    {
        auto all = read("risk", openings);
        for (const auto& one : legal)
            all.rows.push_back({one.text, {}, one.group});
        const auto& judge = trained("risk", all.rows);
        std::vector<double> p;
        std::vector<bool> truth;
        std::size_t false_alarms = 0;
        std::size_t questions = 0;
        for (std::size_t i = 0; i < all.rows.size(); ++i) {
            if (!all.rows[i].frozen())
                continue;
            const double high = judge.probabilities(features_->read(all.rows[i].text)).front();
            if (i + legal.size() >= all.rows.size()) {
                ++questions;
                false_alarms += high >= 0.5 ? 1 : 0;
                continue;
            }
            p.push_back(high);
            truth.push_back(!all.rows[i].labels.empty());
        }
        const auto f = learning::measure_alarm(p, truth, 0.5);
        const auto wide = learning::measure_alarm(p, truth, 0.3);
        print("alert by the model alone", p.size(),
              {{"F1", f.f1}, {"precision", f.precision}, {"recall", f.recall}, {"recall at .3", wide.recall},
               {"precision at .3", wide.precision}},
              all.hash);
        std::printf("  in legal questions         n %5zu  false alarms %zu\n", questions, false_alarms);
    }

    // High or low among texts that all are about suicide: levels 3 and 4 against 2. Every row judged by a model that
    // has not seen its fifth.
    void severity(const source& openings)
    {
        std::map<std::int64_t, int> levels;
        std::istringstream lines(bot::app::read_text_file(openings.table));
        for (std::string line; std::getline(lines, line);)
            if (!line.empty() && line.front() != '#')
                levels[std::stoll(line)] = line[line.find('\t') + 1] - '0';
        auto all = read("risk", openings);
        std::vector<row> rows;
        for (auto& one : all.rows)
            if (levels[one.group] >= 2) {
                one.labels = levels[one.group] >= 3 ? std::vector<std::string>{"high"} : std::vector<std::string>{};
                rows.push_back(std::move(one));
            }
        std::vector<double> p(rows.size());
        std::vector<bool> truth;
        for (std::size_t fold = 0; fold < 5; ++fold) {
            std::vector<row> seen;
            for (std::size_t i = 0; i < rows.size(); ++i)
                if (i % 5 != fold)
                    seen.push_back(rows[i]);
            auto model = learning::train_task("risk", learning::examples_of("risk", seen, {"high"}, *features_), {"high"}, *features_);
            const dialogs::classifier judge{std::move(model), features_->hints()->names()};
            for (std::size_t i = fold; i < rows.size(); i += 5)
                p[i] = judge.probabilities(features_->read(rows[i].text)).front();
        }
        for (const auto& one : rows)
            truth.push_back(!one.labels.empty());
        const auto f = learning::measure_alarm(p, truth, 0.5);
        const auto wide = learning::measure_alarm(p, truth, learning::recall_threshold(p, truth, 0.95));
        print("high among suicidal (3+ : 2)", p.size(),
              {{"F1", f.f1}, {"precision", f.precision}, {"recall", f.recall}, {"precision at recall .95", wide.precision}},
              all.hash);
    }

    void everyday()
    {
        const auto text = bot::app::read_text_file(tree + "/tests/everyday/sentences.jsonl");
        const auto models = dialogs::load_understanding();
        const dialogs::safety_screen screen{"lexicon/safety.yaml", embedded("lexicon/safety.yaml")};
        std::size_t rows = 0, intents = 0, typed = 0, types = 0, types3 = 0, alerts = 0, found = 0, wrong = 0;
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            const auto value = json::parse(line);
            const auto& object = value.as_object();
            const std::string_view said{object.at("text").as_string()};
            const auto understood = models->read(said);
            ++rows;
            intents += understood.intent == object.at("intent").as_string() ? 1 : 0;
            const auto& wanted = object.at("types").as_array();
            const auto is_wanted = [&](const dialogs::likely& one) { return std::find(wanted.begin(), wanted.end(), json::value(one.name)) != wanted.end(); };
            if (!wanted.empty()) {
                ++typed;
                types += is_wanted(understood.national.front()) ? 1 : 0;
                const auto end = understood.national.begin() + std::min<std::ptrdiff_t>(3, static_cast<std::ptrdiff_t>(understood.national.size()));
                types3 += std::any_of(understood.national.begin(), end, is_wanted) ? 1 : 0;
            }
            const bool alert = object.at("crisis").as_string() >= "C2";
            const auto level = screen.look(said, understood.p_high);
            const bool rung = level.level >= dialogs::crisis_level::c2;
            alerts += alert ? 1 : 0;
            found += alert && rung ? 1 : 0;
            wrong += !alert && rung ? 1 : 0;
        }
        const auto share = [](std::size_t part, std::size_t all) { return all == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(all); };
        print("everyday: intent", rows, {{"accuracy", share(intents, rows)}}, bot::app::sha256::of(text));
        print("everyday: national type", typed, {{"top-1", share(types, typed)}, {"top-3", share(types3, typed)}}, bot::app::sha256::of(text));
        std::printf("everyday: danger             n %5zu  alerts found %zu of %zu, false alarms %zu\n", rows, found, alerts, wrong);
    }

    void cost(const std::vector<row>& rows)
    {
        const auto models = dialogs::load_understanding();
        std::vector<double> all;
        std::vector<double> first;
        using clock = std::chrono::steady_clock;
        const auto micros = [](clock::duration d) { return std::chrono::duration<double, std::micro>(d).count(); };
        for (const auto& one : rows) {
            const auto start = clock::now();
            const double p = models->danger(one.text);
            const auto middle = clock::now();
            const auto found = models->read(one.text);
            all.push_back(micros(clock::now() - middle));
            first.push_back(micros(middle - start) + (p + found.p_high < 0 ? 1 : 0));
        }
        const auto at = [](std::vector<double>& values, double share) {
            std::sort(values.begin(), values.end());
            return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
        };
        std::printf("cost, microseconds           n %5zu  danger p50 %.0f p99 %.0f  all p50 %.0f p99 %.0f\n", rows.size(), at(first, .5), at(first, .99), at(all, .5), at(all, .99));
    }

    std::string folder_;
    dialogs::type_codes codes_;
    std::unique_ptr<dialogs::feature_reader> features_;
    std::map<std::string, dialogs::classifier> judges_;
};

}  // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "usage: understanding_figures DATA\n";
        return 2;
    }
    try {
        bench{argv[1]}.run();
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}
