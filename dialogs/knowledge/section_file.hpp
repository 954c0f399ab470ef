#pragma once
// The form of the files of a law library and of the models: named sections that are used as they lie in memory.
//
//   "HEJIEIDX" · u32 form · u32 sections · u64 size of the file · u64 checksum of all that follows
//   sections × { u32 tag, u32 reserved 0, u64 offset, u64 size }
//   the sections, each at a multiple of 8
//
// Little endian. Tags and the meaning of a section never change; another meaning is another tag or another form.

#include "bot/base/error.hpp"

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace dialogs {

constexpr std::uint32_t section_tag(const char (&name)[5])
{
    return static_cast<std::uint32_t>(name[0]) | static_cast<std::uint32_t>(name[1]) << 8 |
           static_cast<std::uint32_t>(name[2]) << 16 | static_cast<std::uint32_t>(name[3]) << 24;
}

std::uint64_t checksum(std::string_view bytes);

class section_writer {
public:
    explicit section_writer(std::uint32_t form) : form_(form) {}

    void add(std::uint32_t tag, std::string bytes);
    template <class T>
    void add(std::uint32_t tag, std::span<const T> values)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        add(tag, std::string(reinterpret_cast<const char*>(values.data()), values.size_bytes()));
    }

    std::string finish() const;

private:
    struct section {
        std::uint32_t tag;
        std::string bytes;
    };
    std::uint32_t form_;
    std::vector<section> sections_;
};

class section_reader {
public:
    // The bytes must stay where they are, aligned to 8. bad_message: truncated, damaged, or another form.
    static bot::result<section_reader> open(std::string_view bytes, std::uint32_t form);

    // Empty when there is none. The size is cut to whole values; whoever needs an exact number checks it.
    std::string_view bytes(std::uint32_t tag) const;
    template <class T>
    std::span<const T> values(std::uint32_t tag) const
    {
        static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 8);
        const auto raw = bytes(tag);
        return {reinterpret_cast<const T*>(raw.data()), raw.size() / sizeof(T)};
    }

private:
    struct entry {
        std::uint32_t tag = 0;
        std::uint32_t reserved = 0;
        std::uint64_t offset = 0;
        std::uint64_t size = 0;
    };
    friend class section_writer;

    std::string_view all_;
    std::vector<entry> entries_;
};

}  // namespace dialogs
