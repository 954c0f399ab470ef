// Where the master key comes from (architecture §6).

#include "bot/app/configuration.hpp"
#include "bot/base/log.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace bot::app {
namespace {

constexpr std::string_view sqlite_prefix = "sqlite:";

std::array<std::uint8_t, 32> decode(const std::string& text, const std::string& where)
{
    // 32 bytes are 44 characters of base64, the last of them '='.
    unsigned char bytes[48];
    const bool shaped = text.size() == 44 && text.back() == '=' && text[42] != '=';
    const int got = !shaped ? -1
                            : EVP_DecodeBlock(
                                  bytes, reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size())
                              );
    if (got != 33)
        throw configuration_error(where + ": expected base64 of 32 bytes (openssl rand -base64 32)");
    std::array<std::uint8_t, 32> key;
    std::copy_n(bytes, key.size(), key.begin());
    return key;
}

std::string make_key()
{
    unsigned char bytes[32];
    if (RAND_bytes(bytes, sizeof bytes) != 1)
        throw std::runtime_error("the system's random source failed");
    unsigned char text[45];
    EVP_EncodeBlock(text, bytes, sizeof bytes);
    return std::string(reinterpret_cast<const char*>(text), 44);
}

std::string read_all(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    return text;
}

// Creates the file only when it is not there, so that of two starting processes one makes the key and both use it.
std::string read_or_make(const std::string& path)
{
    const std::string fresh = make_key();
    const std::string partial = path + "." + std::to_string(::getpid());
    const int file = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        throw configuration_error("keys.master: no key configured, and " + path + " cannot be written");
    const bool written = ::write(file, fresh.data(), fresh.size()) == static_cast<ssize_t>(fresh.size()) &&
                         ::fsync(file) == 0;
    ::close(file);
    const bool first = written && ::link(partial.c_str(), path.c_str()) == 0;
    ::unlink(partial.c_str());
    if (!written)
        throw configuration_error("keys.master: " + path + " cannot be written");
    if (first)
        log::info("keys.master_made", {{"file", path}});
    return read_all(path);
}

}  // namespace

std::array<std::uint8_t, 32> load_master_key(const configuration& settings)
{
    if (!settings.master_key.empty())
        return decode(settings.master_key, "keys.master");
    const std::string_view url = settings.database_url;
    if (!url.starts_with(sqlite_prefix))
        throw configuration_error("keys.master: needed with a MySQL database (openssl rand -base64 32)");
    const std::string path = std::string(url.substr(sqlite_prefix.size())) + ".key";
    const auto folder = std::filesystem::path(path).parent_path();
    if (!folder.empty())
        std::filesystem::create_directories(folder);
    if (std::filesystem::exists(path))
        return decode(read_all(path), path);
    return decode(read_or_make(path), path);
}

}  // namespace bot::app
