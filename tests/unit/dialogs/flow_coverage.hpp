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
    // The data as it stands, and the same where a person is on call: some sentences differ.
    coverage(dialogs::book data, const dialogs::book& staffed);

    // After each turn: the state before and after it, what was said and what came of it. A sentence that is put down to be
    // sent later, or into a file, is said too.
    void turn(const dialogs::conversation& before, const dialogs::said& what, const dialogs::conversation& after,
              const dialogs::turn& made);

    // "flow/step", "flow/step = value", "page id", "text name", "text flow.name", "text on call name"; sorted.
    std::vector<std::string> missing() const;
    std::size_t nodes() const { return all_.size(); }

private:
    void visit(const std::string& node);
    void look_at(const dialogs::frame& f);
    void done_by(const std::string& node);
    static bool answered(const dialogs::frame& f, const std::string& step);
    void said(const std::string& text);

    struct sentence {
        std::string node;
        std::vector<std::string> pieces;  // between the placeholders, in order
    };
    void sentence_of(const std::string& node, const std::string& text);

    dialogs::book data_;
    std::set<std::string> all_, visited_;
    std::vector<sentence> sentences_;
};

}  // namespace test
