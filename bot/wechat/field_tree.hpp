#pragma once
// The elements of a push, whichever format it came in: names, texts and nesting. A JSON array becomes what XML would
// have: its name repeated. The tree owns its bytes, and keeps its memory from one push to the next.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bot::wechat {

class field_tree {
public:
    // The element at the top has index 0. An element's children follow it directly.
    class node {
    public:
        node() = default;  // an absent element: it has no text and no children
        explicit operator bool() const { return tree_ != nullptr; }
        std::string_view name() const;
        std::string_view text() const;                      // empty when absent
        node child(std::string_view name) const;            // the first of that name
        std::string_view text(std::string_view name) const { return child(name).text(); }
        std::vector<node> children(std::string_view name) const;  // all of that name, in order

    private:
        friend class field_tree;
        node(const field_tree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}

        const field_tree* tree_ = nullptr;
        std::uint32_t index_ = 0;
    };

    // Valid until the tree is cleared.
    node top() const { return fields_.empty() ? node() : node(*this, 0); }

    // ---- for the readers ----
    static constexpr std::size_t largest_depth = 8;
    static constexpr std::size_t most_fields = 4096;

    void clear();
    // False when the push has too many elements.
    bool open(std::string_view name);
    void append_text(std::string_view text);  // to the element opened last, before it gets children
    void close();                             // ends the element opened last and not yet closed
    std::size_t depth() const { return open_.size(); }

private:
    struct field {
        std::uint32_t name_at = 0, name_size = 0, text_at = 0, text_size = 0;
        std::uint32_t end = 0;  // index after its last descendant
    };

    std::string bytes_;
    std::vector<field> fields_;
    std::vector<std::uint32_t> open_;
};

}  // namespace bot::wechat
