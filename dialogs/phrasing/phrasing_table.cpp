#include "dialogs/phrasing/phrasing_table.hpp"

#include "dialogs/data.hpp"
#include "dialogs/understanding/sheet.hpp"

#include <stdexcept>

namespace dialogs {

phrasing_table read_phrasing(std::string_view path, std::string_view yaml)
{
    sheet file{path, yaml};
    const auto& root = file.root();
    file.only_keys(root, {"system", "question", "article", "label", "name_leads", "road_ends", "number_ends", "plates", "never",
                          "placeholders"});
    phrasing_table made;
    made.system = file.text(root, "system");
    made.question = file.text(root, "question");
    made.article = file.text(root, "article");
    made.label = file.text(root, "label");
    made.name_leads = file.texts(root, "name_leads");
    made.road_ends = file.texts(root, "road_ends");
    made.number_ends = file.texts(root, "number_ends");
    made.plates = file.text(root, "plates");
    made.never = file.texts(root, "never");
    const auto words = root.is_map() ? root["placeholders"] : yaml::node{};
    made.name_word = file.text(words, "name");
    made.number_word = file.text(words, "number");
    made.address_word = file.text(words, "address");
    made.plate_word = file.text(words, "plate");
    made.code_word = file.text(words, "code");
    file.finish();
    return made;
}

phrasing_table embedded_phrasing()
{
    for (const auto& file : dialogs_data())
        if (file.path == "lexicon/phrasing.yaml")
            return read_phrasing(file.path, file.content);
    throw std::logic_error("lexicon/phrasing.yaml is not embedded");
}

}  // namespace dialogs
