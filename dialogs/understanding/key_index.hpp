#pragma once
// From the key of a gram to its row: an open hash table, filled once.

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace dialogs {

class key_index {
public:
    static constexpr std::uint32_t none = UINT32_MAX;

    key_index() = default;
    // Row i belongs to keys[i]; of equal keys the first is found.
    explicit key_index(std::span<const std::uint32_t> keys) : slots_(std::bit_ceil(keys.size() * 2 + 1))
    {
        for (std::uint32_t i = 0; i < keys.size(); ++i)
            put(keys[i], i);
    }

    std::uint32_t find(std::uint32_t key) const
    {
        if (slots_.empty())
            return none;
        for (std::size_t at = home(key);; at = (at + 1) & (slots_.size() - 1))
            if (slots_[at].row == none || slots_[at].key == key)
                return slots_[at].row;
    }

private:
    struct slot {
        std::uint32_t key = 0;
        std::uint32_t row = none;
    };

    std::size_t home(std::uint32_t key) const { return (key ^ key >> 15U) * 0x9E3779B1U >> 7U & (slots_.size() - 1); }
    void put(std::uint32_t key, std::uint32_t row)
    {
        std::size_t at = home(key);
        while (slots_[at].row != none && slots_[at].key != key)
            at = (at + 1) & (slots_.size() - 1);
        if (slots_[at].row == none)
            slots_[at] = {key, row};
    }

    std::vector<slot> slots_;
};

}  // namespace dialogs
