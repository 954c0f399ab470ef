#include "dialogs/knowledge/section_file.hpp"

#include <bit>

namespace dialogs {

namespace {

constexpr std::string_view magic = "HEJIEIDX";

struct head {
    char magic[8];
    std::uint32_t form;
    std::uint32_t sections;
    std::uint64_t size;
    std::uint64_t checksum;
};
static_assert(sizeof(head) == 32 && std::endian::native == std::endian::little);

constexpr std::size_t aligned(std::size_t size)
{
    return (size + 7) / 8 * 8;
}

std::uint64_t word_at(const char* at)
{
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

}  // namespace

// Four lanes of multiply and rotate: finds damage, not intent, at the speed of memory.
std::uint64_t checksum(std::string_view bytes)
{
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
    std::uint64_t lane[4] = {odd, odd ^ 0x1111, odd ^ 0x2222, odd ^ 0x3333};
    std::size_t at = 0;
    for (; at + 32 <= bytes.size(); at += 32)
        for (int i = 0; i < 4; ++i)
            lane[i] = std::rotl(lane[i] ^ word_at(bytes.data() + at + 8 * i), 29) * odd;
    std::uint64_t sum = bytes.size();
    for (const auto value : lane)
        sum = std::rotl(sum ^ value, 31) * odd;
    for (; at < bytes.size(); ++at)
        sum = std::rotl(sum ^ static_cast<unsigned char>(bytes[at]), 11) * odd;
    return sum ^ sum >> 32;
}

void section_writer::add(std::uint32_t tag, std::string bytes)
{
    sections_.push_back({tag, std::move(bytes)});
}

std::string section_writer::finish() const
{
    std::string body;
    std::size_t offset = sizeof(head) + sections_.size() * sizeof(section_reader::entry);
    for (const auto& part : sections_) {
        const section_reader::entry entry{part.tag, 0, offset, part.bytes.size()};
        body.append(reinterpret_cast<const char*>(&entry), sizeof entry);
        offset = aligned(offset + part.bytes.size());
    }
    for (const auto& part : sections_) {
        body += part.bytes;
        body.resize(aligned(body.size()));
    }
    head top{};
    std::memcpy(top.magic, magic.data(), magic.size());
    top.form = form_;
    top.sections = static_cast<std::uint32_t>(sections_.size());
    top.size = sizeof top + body.size();
    top.checksum = checksum(body);
    return std::string(reinterpret_cast<const char*>(&top), sizeof top) + body;
}

bot::result<section_reader> section_reader::open(std::string_view bytes, std::uint32_t form)
{
    head top{};
    if (bytes.size() < sizeof top)
        return bot::errc::bad_message;
    std::memcpy(&top, bytes.data(), sizeof top);
    if (std::string_view(top.magic, sizeof top.magic) != magic || top.form != form || top.size != bytes.size())
        return bot::errc::bad_message;
    if (top.sections > (bytes.size() - sizeof top) / sizeof(entry))
        return bot::errc::bad_message;
    if (checksum(bytes.substr(sizeof top)) != top.checksum)
        return bot::errc::bad_message;
    section_reader reader;
    reader.all_ = bytes;
    reader.entries_.resize(top.sections);
    if (top.sections > 0)
        std::memcpy(reader.entries_.data(), bytes.data() + sizeof top, top.sections * sizeof(entry));
    for (const auto& part : reader.entries_)
        if (part.offset % 8 != 0 || part.offset > bytes.size() || part.size > bytes.size() - part.offset)
            return bot::errc::bad_message;
    return reader;
}

std::string_view section_reader::bytes(std::uint32_t tag) const
{
    for (const auto& part : entries_)
        if (part.tag == tag)
            return all_.substr(part.offset, part.size);
    return {};
}

}  // namespace dialogs
