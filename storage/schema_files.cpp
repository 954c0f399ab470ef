#include "storage/schema_files.hpp"

#include "bot/base/embedded.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <stdexcept>

std::span<const bot::embedded_file> embedded_schema();  // made by hejie_embed

namespace storage {
namespace {

std::string sha256_hex(std::string_view text)
{
    std::array<unsigned char, 32> digest{};
    unsigned size = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("SHA-256 failed");
    std::string out;
    for (const unsigned char byte : digest) {
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

bool is_blank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::vector<std::string> split_statements(std::string_view sql)
{
    std::vector<std::string> out;
    std::string current;
    char quote = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        const char c = sql[i];
        if (!quote && sql.substr(i, 2) == "--") {
            i = std::min(sql.find('\n', i), sql.size()) - 1;
            continue;
        }
        if (c == quote)
            quote = 0;
        else if (!quote && (c == '\'' || c == '"' || c == '`'))
            quote = c;
        if (c == ';' && !quote) {
            if (!is_blank(current)) out.push_back(current);
            current.clear();
            continue;
        }
        current += c;
    }
    if (!is_blank(current)) out.push_back(current);
    for (std::string& each : out) each.erase(0, each.find_first_not_of(" \t\r\n"));
    return out;
}

std::vector<schema_file> schema_files_of(std::string_view engine)
{
    std::vector<schema_file> out;
    for (const bot::embedded_file& file : embedded_schema()) {
        if (!file.path.starts_with(engine) || file.path.substr(engine.size(), 1) != "/") continue;
        schema_file made;
        made.name = file.path.substr(engine.size() + 1);
        std::from_chars(made.name.data(), made.name.data() + made.name.find('_'), made.version);
        made.checksum = sha256_hex(file.content);
        made.statements = split_statements(file.content);
        out.push_back(std::move(made));
    }
    std::ranges::sort(out, {}, &schema_file::version);
    for (std::size_t i = 0; i < out.size(); ++i)
        if (out[i].version != static_cast<int>(i) + 1)
            throw std::logic_error("schema files are misnumbered at " + out[i].name);
    return out;
}

}  // namespace storage
