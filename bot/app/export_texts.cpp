// `hejie export texts`: every sentence that a citizen may read, a row each, for the sign-off by a lawyer and a clinician.

#include "bot/app/data_files.hpp"
#include "bot/app/desk.hpp"

#include <yaml-cpp/yaml.h>

#include <ostream>
#include <set>

namespace bot::app {
namespace {

struct text_row {
    std::string file, id, kind, text;
};

// What is listened for, not said; and what stands for the program.
const std::set<std::string, std::less<>> not_said{
    "say", "start_say", "phrases", "about", "strip", "ends", "outside", "outside_unless", "commands", "types", "law",
};
// Of the tables of words only these are shown.
const std::set<std::string, std::less<>> said_by_tables{"name", "label", "evidence_hint", "route_note"};

// A sentence for people has a character above ASCII; everything else is the program's.
bool for_people(const std::string& text)
{
    for (const char c : text)
        if ((static_cast<unsigned char>(c) & 0x80) != 0)
            return true;
    return false;
}

class walker {
public:
    walker(std::string file, std::vector<text_row>& into)
        : file_(std::move(file)), table_(file_.starts_with("lexicon/")), into_(into)
    {
    }

    void walk(const YAML::Node& node, const std::string& id, const std::string& kind)
    {
        if (node.IsMap())
            for (const auto& pair : node) {
                const auto key = pair.first.Scalar();
                if (!not_said.contains(key))
                    walk(pair.second, id.empty() ? key : id + "." + key, key);
            }
        else if (node.IsSequence())
            for (std::size_t i = 0; i < node.size(); ++i)
                walk(node[i], id + "." + name_of(node[i], i), kind);
        else if (node.IsScalar() && for_people(node.Scalar()) && (!table_ || said_by_tables.contains(kind)))
            into_.push_back({file_, id, kind, node.Scalar()});
    }

private:
    // An item by its own name, so that an id stays when an item is put before it.
    static std::string name_of(const YAML::Node& item, std::size_t at)
    {
        if (item.IsMap())
            for (const char* key : {"id", "value", "code"})
                if (item[key] && item[key].IsScalar())
                    return item[key].Scalar();
        return std::to_string(at + 1);
    }

    std::string file_;
    bool table_;
    std::vector<text_row>& into_;
};

// One line: a table of texts has no room for others.
std::string tab_field(const std::string& text)
{
    std::string out;
    for (const char c : text)
        out += c == '\n' ? "\\n" : c == '\t' ? " " : std::string(1, c);
    return out;
}

// Quoted; a text that a spreadsheet would take for a formula gets an apostrophe.
std::string csv_field(const std::string& text)
{
    std::string out = "\"";
    if (!text.empty() && std::string_view("=+-@").find(text.front()) != std::string_view::npos)
        out += '\'';
    for (const char c : text)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

}  // namespace

int export_texts(const texts_options& options, std::ostream& out)
{
    std::vector<text_row> rows;
    for (const auto& file : read_data_files(options.directory))
        if (file.path.ends_with(".yaml"))  // the models beside them say nothing
            walker(file.path, rows).walk(YAML::Load(file.content), "", "");
    const char between = options.csv ? ',' : '\t';
    const auto field = options.csv ? csv_field : tab_field;
    out << "file" << between << "id" << between << "kind" << between << "text\n";
    for (const auto& row : rows)
        out << field(row.file) << between << field(row.id) << between << field(row.kind) << between << field(row.text)
            << '\n';
    return 0;
}

}  // namespace bot::app
