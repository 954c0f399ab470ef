// Any bytes as a question, as files of laws and questions, and as sections of an index.

#include "dialogs/knowledge/article_search.hpp"
#include "dialogs/knowledge/citations.hpp"
#include "dialogs/knowledge/law_rows.hpp"

#include <cstdint>
#include <cstdlib>

using namespace dialogs;

namespace {

struct fixture {
    std::string bytes;
    law_index laws;
    law_names names;
};

const fixture& library()
{
    static const fixture made = [] {
        std::vector<law_row> rows;
        for (int i = 1; i <= 60; ++i) {
            law_row row;
            row.law = i % 3 == 0 ? "围墙法" : "工钱法";
            row.title = row.law;
            row.article = "第" + std::to_string(i) + "条";
            row.text = "雇主应当每月发放工钱，邻居之间的围墙高度不得超过" + std::to_string(i) + "米。";
            rows.push_back(std::move(row));
        }
        fixture out;
        out.bytes = build_law_index(arrange_editions(std::move(rows)));
        out.laws = law_index::open(section_reader::open(out.bytes, laws_form).value()).value();
        for (const auto& law : out.laws.laws())
            out.names.add(out.laws.text(law.law), law.group);
        return out;
    }();
    return made;
}

void ask(std::string_view query)
{
    const auto& from = library();
    const article_search search(from.laws, from.names, nullptr, nullptr, nullptr, nullptr);
    for (const auto& found : search.search(query, 100, 20'000))
        if (found.document >= from.laws.articles().size())
            std::abort();
    find_citations(query, from.names);
    find_citations("工钱法" + std::string(query), from.names);
}

void read(std::string_view text)
{
    auto rows = read_law_lines(text, "x").rows;
    for (auto& row : read_law_markdown(text, "x").rows)
        rows.push_back(std::move(row));
    read_consultation_lines(text);
    const auto bytes = build_law_index(arrange_editions(std::move(rows)));
    if (section_reader::open(bytes, laws_form).has_error())
        std::abort();
}

// The checksum is right, so that what lies behind it is reached.
void open_sections(std::string_view bytes)
{
    static constexpr std::uint32_t tags[] = {
        section_tag("laws"), section_tag("arts"), section_tag("text"), section_tag("gsiz"), section_tag("gter"),
        section_tag("goff"), section_tag("gpos"), section_tag("gwei"), section_tag("ques"), section_tag("qnam"),
        section_tag("qvec"), section_tag("qenc"), section_tag("line"), section_tag("tree"), section_tag("node"),
        section_tag("edim"), section_tag("ekey"), section_tag("esca"), section_tag("eval"),
    };
    section_writer file(1);
    for (const auto tag : tags) {
        const std::size_t size = bytes.empty() ? 0 : static_cast<unsigned char>(bytes.front());
        file.add(tag, std::string(bytes.substr(0, size)));
        bytes.remove_prefix(std::min(size, bytes.size()));
    }
    const auto made = file.finish();
    const auto sections = section_reader::open(made, 1);
    if (const auto laws = law_index::open(*sections); laws.has_value()) {
        law_names names;
        article_search(*laws, names, nullptr, nullptr, nullptr, nullptr).search("围墙", 10, 20'000);
    }
    if (const auto questions = question_index::open(*sections); questions.has_value())
        for (std::uint32_t at = 0; at < questions->questions().size(); ++at)
            questions->names_of(at);
    if (const auto trees = boosted_trees::open(*sections, 2); trees.has_value()) {
        const float features[] = {0, 1};
        trees->score(features);
    }
    if (const auto model = encoder::open(*sections); model.has_value())
        model->encode(grams_of(searchable("围墙"), encoder_longest_gram));
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
        read(rest);
    else
        open_sections(rest);
    return 0;
}
