#pragma once
// The place that a sealed field is bound to: "table|column|row id".

#include <charconv>
#include <cstdint>
#include <string_view>

namespace storage {

// Built without allocation: it is needed for every field of every turn.
class place {
public:
    place(std::string_view table, std::string_view column, std::int64_t row) : place(table, column)
    {
        add(row);
    }
    // Rows with a key of two numbers: "table|column|first.second".
    place(std::string_view table, std::string_view column, std::int64_t first, std::int64_t second)
        : place(table, column)
    {
        add(first);
        *end_++ = '.';
        add(second);
    }
    // Rows with a key of three numbers, and parts of such rows: "table|column|first.second.third.fourth".
    place(
        std::string_view table,
        std::string_view column,
        std::int64_t first,
        std::int64_t second,
        std::int64_t third
    )
        : place(table, column, first, second)
    {
        *end_++ = '.';
        add(third);
    }
    place(
        std::string_view table,
        std::string_view column,
        std::int64_t first,
        std::int64_t second,
        std::int64_t third,
        std::int64_t fourth
    )
        : place(table, column, first, second, third)
    {
        *end_++ = '.';
        add(fourth);
    }
    place(const place&) = delete;

    std::string_view view() const { return {text_, static_cast<std::size_t>(end_ - text_)}; }
    operator std::string_view() const { return view(); }

private:
    place(std::string_view table, std::string_view column)
    {
        add(table);
        *end_++ = '|';
        add(column);
        *end_++ = '|';
    }
    // Names are constants of this room, all shorter than 24 characters.
    void add(std::string_view name)
    {
        for (const char c : name.substr(0, 24)) *end_++ = c;
    }
    void add(std::int64_t number) { end_ = std::to_chars(end_, text_ + sizeof text_, number).ptr; }

    char text_[2 * 25 + 4 * 21];
    char* end_ = text_;
};

}  // namespace storage
