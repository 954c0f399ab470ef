#include "dialogs/yaml/document.hpp"

#include <yaml.h>

#include <charconv>
#include <new>

namespace dialogs::yaml {

namespace {

const yaml_node_t* raw(const yaml_document_s* of, int id)
{
    return id > 0 ? of->nodes.start + (id - 1) : nullptr;
}

std::string_view scalar(const yaml_node_t& of)
{
    return {reinterpret_cast<const char*>(of.data.scalar.value), of.data.scalar.length};
}

bool says_null(const yaml_node_t& of)
{
    const auto value = scalar(of);
    return of.data.scalar.style == YAML_PLAIN_SCALAR_STYLE && (value.empty() || value == "~" || value == "null");
}

template <class Number>
bool read_number(const node& from, Number& into)
{
    const auto text = from.text();
    Number value{};
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || wrong != std::errc{} || end != text.data() + text.size())
        return false;
    into = value;
    return true;
}

}  // namespace

bool node::is_null() const
{
    const auto* at = raw(of_, id_);
    return at && at->type == YAML_SCALAR_NODE && says_null(*at);
}

bool node::is_text() const
{
    const auto* at = raw(of_, id_);
    return at && at->type == YAML_SCALAR_NODE && !says_null(*at);
}

bool node::is_list() const
{
    const auto* at = raw(of_, id_);
    return at && at->type == YAML_SEQUENCE_NODE;
}

bool node::is_map() const
{
    const auto* at = raw(of_, id_);
    return at && at->type == YAML_MAPPING_NODE;
}

std::string node::text() const
{
    return is_text() ? std::string(scalar(*raw(of_, id_))) : std::string();
}

int node::line() const
{
    const auto* at = raw(of_, id_);
    return at ? static_cast<int>(at->start_mark.line) + 1 : 1;
}

std::size_t node::size() const
{
    const auto* at = raw(of_, id_);
    if (is_list())
        return static_cast<std::size_t>(at->data.sequence.items.top - at->data.sequence.items.start);
    if (is_map())
        return static_cast<std::size_t>(at->data.mapping.pairs.top - at->data.mapping.pairs.start);
    return 0;
}

node node::operator[](std::string_view key) const
{
    if (!is_map())
        return {};
    const auto& pairs = raw(of_, id_)->data.mapping.pairs;
    for (const auto* pair = pairs.start; pair != pairs.top; ++pair) {
        const auto* name = raw(of_, pair->key);
        if (name->type == YAML_SCALAR_NODE && scalar(*name) == key)
            return {of_, pair->value};
    }
    return {};
}

node node::operator[](std::size_t at) const
{
    return is_list() && at < size() ? node{of_, raw(of_, id_)->data.sequence.items.start[at]} : node{};
}

node::iterator::iterator(const node* of, std::size_t at) : of_(of), at_(at) {}

node::iterator& node::iterator::operator++()
{
    ++at_;
    return *this;
}

entry node::iterator::operator*() const
{
    if (of_->is_list())
        return {(*of_)[at_], {}, {}};
    const auto& pair = raw(of_->of_, of_->id_)->data.mapping.pairs.start[at_];
    const node value{of_->of_, pair.value};
    return {value, {of_->of_, pair.key}, value};
}

document::document(std::string_view text) : tree_(std::make_unique<yaml_document_s>())
{
    yaml_parser_t parser;
    if (yaml_parser_initialize(&parser) == 0)
        throw std::bad_alloc();
    yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    const bool good = yaml_parser_load(&parser, tree_.get()) != 0;
    const std::string what = parser.problem ? parser.problem : "no memory";
    const int line = static_cast<int>(parser.problem_mark.line) + 1;
    yaml_parser_delete(&parser);
    if (!good) {
        tree_.reset();
        throw error(what, line);
    }
}

document::document(document&&) noexcept = default;

document& document::operator=(document&& other) noexcept
{
    std::swap(tree_, other.tree_);
    return *this;
}

document::~document()
{
    if (tree_)
        yaml_document_delete(tree_.get());
}

node document::root() const
{
    return {tree_.get(), tree_ && tree_->nodes.top != tree_->nodes.start ? 1 : 0};
}

bool read(const node& from, int& into)
{
    return read_number(from, into);
}

bool read(const node& from, double& into)
{
    return read_number(from, into);
}

bool read(const node& from, bool& into)
{
    const auto text = from.text();
    if (text != "true" && text != "false")
        return false;
    into = text == "true";
    return true;
}

}  // namespace dialogs::yaml
