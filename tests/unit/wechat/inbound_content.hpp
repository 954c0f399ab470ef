#pragma once
// Reads a push and gives its content, which must be of the named type.

#include "bot/wechat/inbound.hpp"
#include "tests/unit/wechat/sample.hpp"

#include <gtest/gtest.h>

template <class Content>
Content content_of(std::string_view push)
{
    const auto read = sample::read(push);
    if (!read) {
        ADD_FAILURE() << "cannot be read: " << push;
        return {};
    }
    const auto* content = std::get_if<Content>(&read->content);
    if (content == nullptr) {
        ADD_FAILURE() << "read as alternative " << read->content.index() << ": " << push;
        return {};
    }
    return *content;
}
