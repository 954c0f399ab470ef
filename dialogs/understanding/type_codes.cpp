#include "dialogs/understanding/type_codes.hpp"

#include "cases/dispute_type.hpp"
#include "dialogs/understanding/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace dialogs {

namespace {

std::vector<std::pair<std::string, double>> read_shares(sheet& file, const yaml::node& row)
{
    std::vector<std::pair<std::string, double>> shares;
    double all = 0;
    const auto list = row["national"];
    if (list && list.is_map())
        for (const auto& entry : list) {
            double share = 0;
            yaml::read(entry.second, share);
            if (!cases::is_dispute_type(entry.first.text()) || share <= 0)
                file.fault(row, "no dispute type " + entry.first.text() + ", or no share above 0");
            shares.emplace_back(entry.first.text(), share);
            all += share;
        }
    if (std::abs(all - 1) > 1e-6)
        file.fault(row, "the shares under national must add up to 1");
    return shares;
}

}  // namespace

type_codes read_type_codes(std::string_view path, std::string_view yaml)
{
    sheet file{path, yaml};
    const auto& root = file.root();
    file.only_keys(root, {"codes", "sections", "cn_city_v1"});
    type_codes made;
    made.sections = file.texts(root, "sections");
    std::set<std::string> seen;
    for (const auto& row : file.rows(root, "codes")) {
        file.only_keys(row, {"code", "name", "national", "section"});
        working_code one{file.text(row, "code"), file.text(row, "name"), read_shares(file, row), file.text(row, "section")};
        if (!seen.insert(one.code).second)
            file.fault(row, "the code " + one.code + " stands there twice");
        if (std::find(made.sections.begin(), made.sections.end(), one.section) == made.sections.end())
            file.fault(row, "no section " + one.section);
        made.codes.push_back(std::move(one));
    }
    for (const auto id : cases::dispute_types)
        if (root.is_map() && root["cn_city_v1"] && root["cn_city_v1"].is_map())
            made.city[std::string{id}] = file.text(root["cn_city_v1"], std::string{id}.c_str());
    if (made.city.empty())
        file.fault(root, "needs a map under cn_city_v1");
    file.finish();
    return made;
}

std::vector<likely> type_codes::to_national(
    const std::vector<likely>& by_code, const std::map<std::string, double, std::less<>>& hints
) const
{
    // A phrase of four characters speaks for its category about e² to one against a category without any.
    constexpr double pull = 2;
    std::map<std::string, double> sums;
    for (const auto& guess : by_code) {
        const auto is_it = [&](const working_code& one) { return one.code == guess.name; };
        const auto code = std::find_if(codes.begin(), codes.end(), is_it);
        if (code == codes.end())
            continue;
        std::vector<double> parts;
        double all = 0;
        for (const auto& [id, share] : code->national) {
            const auto hint = hints.find(id);
            parts.push_back(share * std::exp(hint == hints.end() ? 0 : pull * hint->second));
            all += parts.back();
        }
        for (std::size_t i = 0; i < parts.size(); ++i)
            sums[code->national[i].first] += guess.p * parts[i] / all;
    }
    std::vector<likely> found;
    for (const auto& [id, p] : sums)
        found.push_back({id, p});
    std::sort(found.begin(), found.end(), [](const likely& a, const likely& b) { return a.p != b.p ? a.p > b.p : a.name < b.name; });
    return found;
}

}  // namespace dialogs
