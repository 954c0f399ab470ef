#pragma once
// Which nodes of the flow files the conversation scripts have come by: steps asked, choices taken, pages opened, sentences
// said. What no script comes by is written by nobody's test.

#include "dialogs/engine/book.hpp"
#include "dialogs/engine/conversation.hpp"

#include <set>
#include <string>
#include <vector>

namespace test {

class coverage {
public:
    explicit coverage(const dialogs::book& data);

    // After each turn: the state before and after it, what was said and what was answered.
    void turn(const dialogs::conversation& before, const dialogs::said& what, const dialogs::conversation& after,
              const std::vector<dialogs::reply>& replies);

    // "flow/step", "flow/step = value", "page id", "text name", "text flow.name"; sorted.
    std::vector<std::string> missing() const;
    std::size_t nodes() const { return all_.size(); }

private:
    void visit(const std::string& node);
    void look_at(const dialogs::frame& f);
    static bool answered(const dialogs::frame& f, const std::string& step);
    void said(const std::string& text);

    struct sentence {
        std::string node;
        std::vector<std::string> pieces;  // between the placeholders, in order
    };
    void sentence_of(const std::string& node, const std::string& text);

    const dialogs::book& data_;
    std::set<std::string> all_, visited_;
    std::vector<sentence> sentences_;
};

}  // namespace test
