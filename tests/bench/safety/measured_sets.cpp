#include "tests/bench/safety/measured_sets.hpp"

#include <boost/json.hpp>
#include <openssl/evp.h>
#include <zlib.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>

namespace {

using boost::json::value;

// Every fifth of the own sentences: no rule and no model is made by them.
constexpr std::size_t kept_apart_of = 5;

std::string unzipped(const std::filesystem::path& file)
{
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> in{gzopen(file.c_str(), "rb"), gzclose};
    if (!in)
        throw std::runtime_error{"cannot read " + file.string()};
    std::string all;
    std::array<char, 65'536> block;
    for (int got = 0; (got = gzread(in.get(), block.data(), block.size())) != 0;) {
        if (got < 0)
            throw std::runtime_error{"broken: " + file.string()};
        all.append(block.data(), static_cast<std::size_t>(got));
    }
    return all;
}

void for_each_line(const std::string& content, const std::function<void(std::size_t, const std::string&)>& take)
{
    std::istringstream lines{content};
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line); ++number)
        take(number, line);
}

std::string text_of(const value& row, const char* key)
{
    return std::string{row.at(key).as_string()};
}

void seal(measured_set& set)
{
    std::string all;
    for (const auto& one : set.texts)
        all += one.level + "\t" + one.text + "\n";
    set.hash = sha256_hex(all).substr(0, 16);
}

void add_own(std::vector<measured_set>& sets, const std::filesystem::path& file)
{
    measured_set apart{kept_apart_name, {}, {}};
    measured_set used{"own sentences, that rules were made by", {}, {}};
    for_each_line(content_of(file), [&](std::size_t number, const std::string& line) {
        const auto row = boost::json::parse(line);
        auto& set = number % kept_apart_of == kept_apart_of - 1 ? apart : used;
        set.texts.push_back({"own-" + std::to_string(number), text_of(row, "text"), text_of(row, "level")});
    });
    sets.push_back(std::move(apart));
    sets.push_back(std::move(used));
}

// levels: rows "row, level, flags, half".
void add_openings(
    std::vector<measured_set>& sets, const std::filesystem::path& levels, const std::filesystem::path& openings
)
{
    struct given {
        std::string level;
        std::size_t half;
    };
    std::map<std::size_t, given> by_row;
    for_each_line(content_of(levels), [&](std::size_t, const std::string& line) {
        if (line.empty() || line[0] == '#')
            return;
        std::istringstream cells{line};
        std::string row, level, flags, half;
        cells >> row >> level >> flags >> half;
        by_row[std::stoul(row)] = {"C" + level, std::stoul(half)};
    });
    std::vector<measured_set> halves{{"openings, half 1: not read by whoever wrote the rules", {}, {}},
                                     {"openings, half 0: read for the rules", {}, {}}};
    for_each_line(unzipped(openings), [&](std::size_t number, const std::string& line) {
        const auto known = by_row.find(number);
        if (known == by_row.end())
            return;
        const std::string text{boost::json::parse(line).at("turns").as_array().at(0).as_string()};
        halves.at(1 - known->second.half).texts.push_back({"psych-" + std::to_string(number), text, known->second.level});
    });
    for (auto& half : halves)
        sets.push_back(std::move(half));
}

void add_law(std::vector<measured_set>& sets, const std::filesystem::path& questions)
{
    measured_set law{"legal questions, taken for C0 all of them", {}, {}};
    for_each_line(unzipped(questions), [&](std::size_t number, const std::string& line) {
        law.texts.push_back({"law-" + std::to_string(number), text_of(boost::json::parse(line), "q"), "C0"});
    });
    sets.push_back(std::move(law));
}

}  // namespace

std::string content_of(const std::filesystem::path& file)
{
    std::ifstream in{file, std::ios::binary};
    if (!in)
        throw std::runtime_error{"cannot read " + file.string()};
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

std::string sha256_hex(std::string_view bytes)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error{"no SHA-256"};
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        std::array<char, 3> two{};
        std::snprintf(two.data(), two.size(), "%02x", digest.at(i));
        hex += two.data();
    }
    return hex;
}

std::vector<measured_set> read_measured_sets(const std::filesystem::path& source, const std::filesystem::path& data)
{
    std::vector<measured_set> sets;
    const auto own = source / "dialogs/training/crisis";
    add_own(sets, own / "sentences.jsonl");
    const auto openings = data / "psych_client_turns.jsonl.gz";
    if (!data.empty() && exists(openings))
        add_openings(sets, own / "psych_levels.tsv", openings);
    const auto law = data / "consult_qa.jsonl.gz";
    if (!data.empty() && exists(law))
        add_law(sets, law);
    for (auto& set : sets)
        seal(set);
    return sets;
}
