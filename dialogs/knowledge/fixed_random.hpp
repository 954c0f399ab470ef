#pragma once
// Pseudo-random numbers that are the same everywhere for the same seed (splitmix64), for training and sampling.

#include <cstddef>
#include <cstdint>
#include <utility>

namespace dialogs {

class fixed_random {
public:
    explicit fixed_random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next()
    {
        state_ += 0x9E3779B97F4A7C15ULL;
        auto z = state_;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ z >> 27) * 0x94D049BB133111EBULL;
        return z ^ z >> 31;
    }
    // 0 ≤ … < n; n > 0.
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
    // 0 ≤ … < 1
    float unit() { return static_cast<float>(next() >> 40) / static_cast<float>(1U << 24U); }

    template <class Values>
    void shuffle(Values& values)
    {
        for (std::size_t i = values.size(); i > 1; --i)
            std::swap(values[i - 1], values[below(i)]);
    }

private:
    std::uint64_t state_;
};

}  // namespace dialogs
