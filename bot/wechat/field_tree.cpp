#include "bot/wechat/field_tree.hpp"

namespace bot::wechat {

std::string_view field_tree::node::name() const
{
    if (tree_ == nullptr)
        return {};
    const auto& own = tree_->fields_[index_];
    return std::string_view(tree_->bytes_).substr(own.name_at, own.name_size);
}

std::string_view field_tree::node::text() const
{
    if (tree_ == nullptr)
        return {};
    const auto& own = tree_->fields_[index_];
    return std::string_view(tree_->bytes_).substr(own.text_at, own.text_size);
}

field_tree::node field_tree::node::child(std::string_view name) const
{
    if (tree_ == nullptr)
        return {};
    const auto& fields = tree_->fields_;
    for (std::uint32_t at = index_ + 1; at < fields[index_].end; at = fields[at].end) {
        const node candidate(*tree_, at);
        if (candidate.name() == name)
            return candidate;
    }
    return {};
}

std::vector<field_tree::node> field_tree::node::children(std::string_view name) const
{
    std::vector<node> found;
    if (tree_ == nullptr)
        return found;
    const auto& fields = tree_->fields_;
    for (std::uint32_t at = index_ + 1; at < fields[index_].end; at = fields[at].end) {
        const node candidate(*tree_, at);
        if (candidate.name() == name)
            found.push_back(candidate);
    }
    return found;
}

void field_tree::clear()
{
    bytes_.clear();
    fields_.clear();
    open_.clear();
}

bool field_tree::open(std::string_view name)
{
    if (fields_.size() == most_fields)
        return false;
    field opened;
    opened.name_at = static_cast<std::uint32_t>(bytes_.size());
    opened.name_size = static_cast<std::uint32_t>(name.size());
    bytes_.append(name);
    opened.text_at = static_cast<std::uint32_t>(bytes_.size());
    open_.push_back(static_cast<std::uint32_t>(fields_.size()));
    fields_.push_back(opened);
    return true;
}

void field_tree::append_text(std::string_view text)
{
    auto& own = fields_[open_.back()];
    // Text between or after children has no place in the protocol and is dropped.
    if (open_.back() + 1 != fields_.size())
        return;
    bytes_.append(text);
    own.text_size += static_cast<std::uint32_t>(text.size());
}

void field_tree::close()
{
    fields_[open_.back()].end = static_cast<std::uint32_t>(fields_.size());
    open_.pop_back();
}

}  // namespace bot::wechat
