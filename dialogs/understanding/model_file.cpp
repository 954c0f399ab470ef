#include "dialogs/understanding/model_file.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <type_traits>

namespace dialogs {

namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they stand");

constexpr std::string_view mark = "HJM1";
constexpr std::size_t head_size = 16;

class byte_writer {
public:
    template <class T>
    void number(T value)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        out_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void text(std::string_view value)
    {
        number(static_cast<std::uint32_t>(value.size()));
        out_.append(value);
    }
    template <class T>
    void list(const std::vector<T>& values)
    {
        number(static_cast<std::uint32_t>(values.size()));
        if constexpr (std::is_same_v<T, std::string>)
            for (const auto& value : values)
                text(value);
        else
            out_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    }
    std::string finish(char kind)
    {
        const auto sum = fingerprint(out_);
        std::string all{mark};
        all.append({kind, '\0', '\0', '\0'});
        all.append(reinterpret_cast<const char*>(&sum), sizeof sum);
        return all + out_;
    }

private:
    std::string out_;
};

class byte_reader {
public:
    byte_reader(std::string_view name, std::string_view bytes, char kind) : name_(name)
    {
        std::uint64_t sum = 0;
        if (bytes.size() < head_size || !bytes.starts_with(mark) || bytes.substr(5, 3) != std::string_view{"\0\0\0", 3})
            fail("is no model file");
        if (bytes[4] != kind)
            fail("is a model of another kind");
        std::memcpy(&sum, bytes.data() + 8, sizeof sum);
        rest_ = bytes.substr(head_size);
        if (sum != fingerprint(rest_))
            fail("is damaged: its checksum is wrong");
    }

    [[noreturn]] void fail(std::string_view why) const { throw broken_model(name_ + ": " + std::string{why}); }
    void expect(bool fits, std::string_view why) const
    {
        if (!fits)
            fail(why);
    }

    template <class T>
    T number()
    {
        T value{};
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }
    std::string text() { return std::string{take(number<std::uint32_t>())}; }
    template <class T>
    std::vector<T> list()
    {
        const auto size = number<std::uint32_t>();
        std::vector<T> values;
        if constexpr (std::is_same_v<T, std::string>) {
            for (std::uint32_t i = 0; i < size; ++i)
                values.push_back(text());
        } else {
            const auto bytes = take(std::size_t{size} * sizeof(T));
            values.resize(size);
            if (size > 0)
                std::memcpy(values.data(), bytes.data(), bytes.size());
        }
        return values;
    }
    std::vector<float> finite_list()
    {
        auto values = list<float>();
        expect(std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); }), "a number is infinite");
        return values;
    }
    void end() const { expect(rest_.empty(), "is longer than what it says"); }

private:
    std::string_view take(std::size_t size)
    {
        expect(size <= rest_.size(), "ends too early");
        const auto taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }

    std::string name_;
    std::string_view rest_;
};

void write_part(byte_writer& out, const linear_part& part)
{
    out.number(part.space.grams);
    out.list(part.space.keys);
    out.list(part.space.gram_weights);
    out.list(part.space.hints);
    out.number(part.space.hint_scale);
    out.number(part.space.dimensions);
    out.number(part.space.vector_scale);
    out.list(part.weights);
    out.list(part.units);
    out.list(part.biases);
}

linear_part read_part(byte_reader& in, std::size_t classes)
{
    linear_part part;
    const auto grams = in.number<std::uint8_t>();
    in.expect(grams <= 1, "counts grams in a way that is not known");
    part.space.grams = static_cast<counting>(grams);
    part.space.keys = in.list<std::uint32_t>();
    part.space.gram_weights = in.finite_list();
    part.space.hints = in.list<std::string>();
    part.space.hint_scale = in.number<float>();
    part.space.dimensions = in.number<std::uint32_t>();
    part.space.vector_scale = in.number<float>();
    part.weights = in.list<std::int8_t>();
    part.units = in.finite_list();
    part.biases = in.finite_list();
    in.expect(std::isfinite(part.space.hint_scale) && std::isfinite(part.space.vector_scale), "a number is infinite");
    in.expect(
        part.space.gram_weights.size() == part.space.keys.size() && part.units.size() == part.space.size() &&
            part.weights.size() == part.space.size() * classes && part.biases.size() == classes,
        "its lists do not fit together"
    );
    return part;
}

}  // namespace

std::uint64_t fingerprint(std::string_view bytes)
{
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char byte : bytes)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
    return hash;
}

std::string write_model(const linear_model& model)
{
    byte_writer out;
    out.text(model.task);
    out.text(model.notes);
    out.number(model.to);
    out.list(model.labels);
    out.list(model.thresholds);
    out.number(model.sure);
    out.number(static_cast<std::uint32_t>(model.parts.size()));
    for (const auto& part : model.parts)
        write_part(out, part);
    return out.finish('L');
}

linear_model read_model(std::string_view name, std::string_view bytes)
{
    byte_reader in{name, bytes, 'L'};
    linear_model model;
    model.task = in.text();
    model.notes = in.text();
    const auto to = in.number<std::uint8_t>();
    in.expect(to <= 1, "makes probabilities in a way that is not known");
    model.to = static_cast<link>(to);
    model.labels = in.list<std::string>();
    model.thresholds = in.finite_list();
    model.sure = in.number<float>();
    in.expect(!model.labels.empty() && model.thresholds.size() == model.labels.size(), "its labels do not fit together");
    const auto parts = in.number<std::uint32_t>();
    in.expect(parts >= 1 && parts <= 16, "has too many parts or none");
    for (std::uint32_t i = 0; i < parts; ++i)
        model.parts.push_back(read_part(in, model.labels.size()));
    in.end();
    return model;
}

std::string write_vectors(const vector_table& table)
{
    byte_writer out;
    out.text(table.notes);
    out.number(static_cast<std::uint32_t>(table.dimensions));
    out.list(table.keys);
    out.list(table.scales);
    out.list(table.values);
    return out.finish('V');
}

vector_table read_vectors(std::string_view name, std::string_view bytes)
{
    byte_reader in{name, bytes, 'V'};
    vector_table table;
    table.notes = in.text();
    table.dimensions = in.number<std::uint32_t>();
    table.keys = in.list<std::uint32_t>();
    table.scales = in.finite_list();
    table.values = in.list<std::int8_t>();
    in.expect(
        table.dimensions > 0 && table.scales.size() == table.keys.size() &&
            table.values.size() == table.keys.size() * table.dimensions,
        "its lists do not fit together"
    );
    in.end();
    return table;
}

}  // namespace dialogs
