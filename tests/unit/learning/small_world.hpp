#pragma once
// Texts of three kinds that a right trainer tells apart: each has words of its own between words of all.

#include "dialogs/learning/text_training.hpp"
#include "dialogs/understanding/hint_table.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dialogs::learning {

inline const std::vector<std::string> small_labels{"wages", "divorce", "noise"};

inline feature_reader small_features()
{
    constexpr const char* types = "categories:\n  - {id: wages, phrases: [工资]}\n";
    constexpr const char* groups = "groups:\n  - {id: night, phrases: [半夜]}\n";
    return {std::make_shared<const hint_table>("types", types, "groups", groups), nullptr};
}

inline std::vector<example> small_examples(int of_each, const feature_reader& features)
{
    const std::vector<std::vector<std::string>> own{
        {"老板欠工资", "工资没发", "干活不给钱"}, {"我要离婚", "老公出轨离婚", "离婚分孩子"}, {"半夜很吵", "楼上噪音", "装修吵"}};
    const std::vector<std::string> shared{"请问", "怎么办", "帮帮我", "已经三个月了", "在温州"};
    std::vector<example> examples;
    for (int i = 0; i < of_each * 3; ++i) {
        const auto kind = static_cast<std::size_t>(i % 3);
        const auto n = static_cast<std::size_t>(i);
        example one;
        one.features = features.read(shared[n % 5] + own[kind][n / 3 % 3] + shared[n / 5 % 5]);
        one.labels = {static_cast<std::uint16_t>(kind)};
        examples.push_back(std::move(one));
    }
    return examples;
}

}  // namespace dialogs::learning
