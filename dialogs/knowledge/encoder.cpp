#include "dialogs/knowledge/encoder.hpp"

#include "dialogs/knowledge/encoder_file.hpp"
#include "dialogs/knowledge/lanes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dialogs {

namespace {

constexpr int offset = 8;

int to_nibble(float value, float scale)
{
    return static_cast<int>(std::clamp(std::lround(value / scale), -8L, 7L));
}

}  // namespace

std::uint32_t gram_hash(gram what)
{
    auto z = what * 0x9E3779B97F4A7C15ULL;
    z = (z ^ z >> 32) * 0xBF58476D1CE4E5B9ULL;
    return static_cast<std::uint32_t>(z >> 32);
}

float repeated(std::uint32_t times)
{
    return times == 1 ? 1.0F : 1.0F + std::log(static_cast<float>(times));
}

byte_vector to_bytes(std::span<const float> vector)
{
    float largest = 0;
    for (const auto value : vector)
        largest = std::max(largest, std::abs(value));
    byte_vector out{std::vector<std::int8_t>(vector.size(), 0), largest / 127.0F};
    if (largest > 0)
        for (std::size_t i = 0; i < vector.size(); ++i)
            out.values[i] = static_cast<std::int8_t>(std::lround(vector[i] / out.scale));
    return out;
}

packed_vector pack(std::span<const float> vector)
{
    float largest = 0;
    for (const auto value : vector)
        largest = std::max(largest, std::abs(value));
    packed_vector out{std::vector<std::uint8_t>(vector.size() / 2, 0), 0};
    if (largest == 0)
        return out;
    float least_lost = std::numeric_limits<float>::max();
    for (int tenths = 5; tenths <= 10; ++tenths) {
        const float scale = largest * static_cast<float>(tenths) / 10.0F / 7.0F;
        float lost = 0;
        for (const auto value : vector)
            lost += (value - scale * static_cast<float>(to_nibble(value, scale))) *
                    (value - scale * static_cast<float>(to_nibble(value, scale)));
        if (lost < least_lost) {
            least_lost = lost;
            out.scale = scale;
        }
    }
    for (std::size_t i = 0; i < out.bytes.size(); ++i) {
        const int low = to_nibble(vector[2 * i], out.scale) + offset;
        const int high = to_nibble(vector[2 * i + 1], out.scale) + offset;
        out.bytes[i] = static_cast<std::uint8_t>(low | high << 4);
    }
    return out;
}

bot::result<encoder> encoder::open(const section_reader& file)
{
    encoder model;
    const auto dimensions = file.values<std::uint64_t>(encoder_file::tag_dimensions);
    model.keys_ = file.values<std::uint32_t>(encoder_file::tag_keys);
    model.scales_ = file.values<float>(encoder_file::tag_scales);
    const auto packed = file.values<std::uint8_t>(encoder_file::tag_values);
    if (dimensions.size() != 1 || dimensions[0] == 0 || dimensions[0] > 4096 || dimensions[0] % 8 != 0)
        return bot::errc::bad_message;
    model.dimensions_ = dimensions[0];
    if (model.scales_.size() != model.keys_.size() || packed.size() * 2 != model.keys_.size() * model.dimensions_ ||
        !std::is_sorted(model.keys_.begin(), model.keys_.end()))
        return bot::errc::bad_message;
    model.values_.reserve(packed.size() * 2);
    for (const auto byte : packed) {
        model.values_.push_back(static_cast<std::int8_t>((byte & 0x0F) - offset));
        model.values_.push_back(static_cast<std::int8_t>((byte >> 4) - offset));
    }
    return model;
}

std::vector<float> encoder::encode(std::span<const counted_gram> grams) const
{
    std::vector<float> sum(dimensions_, 0.0F);
    for (const auto& part : grams) {
        const auto key = gram_hash(part.what);
        const auto found = std::lower_bound(keys_.begin(), keys_.end(), key);
        if (found == keys_.end() || *found != key)
            continue;
        const auto row = static_cast<std::size_t>(found - keys_.begin());
        const float factor = scales_[row] * repeated(part.times);
        add_scaled(sum.data(), values_.data() + row * dimensions_, factor, dimensions_);
    }
    const float length = std::sqrt(dot(sum.data(), sum.data(), dimensions_));
    if (length > 0)
        for (auto& value : sum)
            value /= length;
    return sum;
}

}  // namespace dialogs
