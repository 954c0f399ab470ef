#pragma once
// A YAML file as a tree, read by libyaml: the flows, word lists and answer cards are read at every start, and the
// server answers no one before that. A node is a handle into its document and must not outlive it. Const and safe from
// any thread once parsed.

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

struct yaml_document_s;

namespace dialogs::yaml {

// The text is no YAML; what() says why.
class error : public std::runtime_error {
public:
    error(const std::string& what, int line) : std::runtime_error(what), line(line) {}
    int line;  // from 1
};

struct entry;

// Nothing, null, a text, a list or a map. What is not there reads as nothing, and nothing has no children.
class node {
public:
    node() = default;

    explicit operator bool() const { return id_ != 0; }
    bool is_null() const;
    bool is_text() const;
    bool is_list() const;
    bool is_map() const;

    std::string text() const;  // "" unless it is a text
    int line() const;          // from 1; 1 for nothing
    std::size_t size() const;  // children of a list or map
    node operator[](std::string_view key) const;
    node operator[](std::size_t at) const;

    class iterator {
    public:
        iterator(const node* of, std::size_t at);
        entry operator*() const;
        iterator& operator++();
        bool operator==(const iterator& other) const { return at_ == other.at_; }

    private:
        const node* of_;
        std::size_t at_;
    };
    iterator begin() const { return {this, 0}; }
    iterator end() const { return {this, size()}; }

private:
    friend class document;
    node(const yaml_document_s* of, int id) : of_(of), id_(id) {}

    const yaml_document_s* of_ = nullptr;
    int id_ = 0;
};

// While walking a list: the item. While walking a map: the value, and key and value as first and second.
struct entry : node {
    node first;
    node second;
};

class document {
public:
    // Throws error. An empty text has nothing as its root.
    explicit document(std::string_view text);
    document(document&&) noexcept;
    document& operator=(document&&) noexcept;
    ~document();

    node root() const;

private:
    std::unique_ptr<yaml_document_s> tree_;
};

// Reads a plain text as a value; false, and nothing written, when it is none.
bool read(const node& from, int& into);
bool read(const node& from, double& into);
bool read(const node& from, bool& into);

}  // namespace dialogs::yaml
