#include "bot/net/request_head.hpp"

#include <boost/beast/core/string.hpp>

#include <algorithm>
#include <array>
#include <cstring>

namespace bot::net {
namespace {

using boost::beast::iequals;

constexpr std::array known_methods = {"GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"};

constexpr bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr std::array<bool, 256> token_table = [] {
    std::array<bool, 256> table{};
    for (int c = 0; c < 128; ++c)
        table[static_cast<std::size_t>(c)] =
            is_alphanumeric(static_cast<char>(c)) ||
            std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
    return table;
}();

bool is_token(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return token_table[c]; });
}

bool is_control(unsigned char c)
{
    return (c < 0x20 && c != '\t') || c == 0x7F;
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// 1 to 18 digits: no sign, no list, nothing that overflows.
bool is_length(std::string_view text)
{
    return !text.empty() && text.size() <= 18 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// A name or address with its port; nothing that would make a list, split a path or hide user information.
bool is_host(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) {
        return is_alphanumeric(c) || std::string_view("-._~:[]").find(c) != std::string_view::npos;
    });
}

std::optional<refusal> check_request_line(std::string_view line, head_facts& facts)
{
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == line.npos || first == last) return refusal::syntax;
    facts.method = line.substr(0, first);
    facts.target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (!is_token(facts.method) || facts.target.empty() || facts.target.find(' ') != facts.target.npos)
        return refusal::syntax;
    if (version.size() != 8 || !version.starts_with("HTTP/") || version[6] != '.') return refusal::syntax;
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return refusal::version;
    facts.http_1_0 = version.back() == '0';
    if (std::ranges::find(known_methods, facts.method) == known_methods.end()) return refusal::method;
    return std::nullopt;
}

// The header fields that decide where a request ends and whom it is for.
class framing {
public:
    std::optional<refusal> take(std::string_view name, std::string_view value)
    {
        switch (name.size()) {
            case 4:
                return iequals(name, "host") ? take_host(value) : std::nullopt;
            case 6:
                return iequals(name, "expect") ? take_expectation(value) : std::nullopt;
            case 14:
                return iequals(name, "content-length") ? take_length(value) : std::nullopt;
            case 17:
                return iequals(name, "transfer-encoding") ? take_coding(value) : std::nullopt;
            default:
                return std::nullopt;
        }
    }

    std::optional<refusal> finish(head_facts& facts) const
    {
        if (hosts_ > 1 || (hosts_ == 0 && !facts.http_1_0)) return refusal::host;
        if (lengths_ > 1 || codings_ > 1 || (lengths_ > 0 && codings_ > 0)) return refusal::length_conflict;
        if (codings_ > 0 && facts.http_1_0) return refusal::transfer_encoding;
        facts.host = host_;
        facts.wants_continue = expects_ && !facts.http_1_0;
        return std::nullopt;
    }

private:
    std::optional<refusal> take_host(std::string_view value)
    {
        ++hosts_;
        host_ = value;
        return is_host(value) ? std::nullopt : std::optional(refusal::host);
    }

    std::optional<refusal> take_expectation(std::string_view value)
    {
        expects_ = true;
        return iequals(value, "100-continue") ? std::nullopt : std::optional(refusal::expectation);
    }

    std::optional<refusal> take_length(std::string_view value)
    {
        ++lengths_;
        return is_length(value) ? std::nullopt : std::optional(refusal::syntax);
    }

    std::optional<refusal> take_coding(std::string_view value)
    {
        ++codings_;
        return iequals(value, "chunked") ? std::nullopt : std::optional(refusal::transfer_encoding);
    }

    int hosts_ = 0;
    int lengths_ = 0;
    int codings_ = 0;
    bool expects_ = false;
    std::string_view host_;
};

std::optional<refusal> check_field(std::string_view line, framing& fields)
{
    if (line.front() == ' ' || line.front() == '\t') return refusal::folded_header;
    const auto colon = line.find(':');
    if (colon == line.npos || !is_token(line.substr(0, colon))) return refusal::syntax;
    return fields.take(line.substr(0, colon), trimmed(line.substr(colon + 1)));
}

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<std::string> percent_decoded(std::string_view raw)
{
    std::string path;
    path.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '%') {
            path += raw[i];
            continue;
        }
        if (i + 2 >= raw.size()) return std::nullopt;
        const int high = hex_digit(raw[i + 1]);
        const int low = hex_digit(raw[i + 2]);
        const int byte = high * 16 + low;
        // An escaped slash is a separator for some and a letter for others.
        if (high < 0 || low < 0 || byte < 0x20 || byte == 0x7F || byte == '/' || byte == '\\')
            return std::nullopt;
        path += static_cast<char>(byte);
        i += 2;
    }
    return path;
}

bool leaves_its_root(std::string_view path)
{
    for (auto at = path.find("/.."); at != path.npos; at = path.find("/..", at + 1))
        if (at + 3 == path.size() || path[at + 3] == '/') return true;
    return false;
}

// "http://host/path" as a request to a proxy has it; a server must understand it too (RFC 9112 §3.2.2).
std::optional<std::string_view> without_authority(std::string_view target, std::string_view host)
{
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (target.size() < scheme.size() || !iequals(target.substr(0, scheme.size()), scheme)) continue;
        target.remove_prefix(scheme.size());
        const auto slash = std::min(target.find_first_of("/?"), target.size());
        if (!iequals(target.substr(0, slash), host)) return std::nullopt;
        return target.substr(slash);
    }
    return target;
}

}  // namespace

head_finder::found head_finder::look(std::string_view bytes)
{
    while (looked_at_ < bytes.size()) {
        const void* hit = std::memchr(bytes.data() + looked_at_, '\n', bytes.size() - looked_at_);
        if (hit == nullptr) {
            looked_at_ = bytes.size();
            return {};
        }
        const auto end = static_cast<std::size_t>(static_cast<const char*>(hit) - bytes.data());
        if (end == 0 || bytes[end - 1] != '\r') return {0, refusal::syntax};
        const bool empty_line = end - 1 == line_start_;
        if (empty_line && line_start_ == 0) return {0, refusal::syntax};
        looked_at_ = line_start_ = end + 1;
        if (empty_line) return {end + 1, std::nullopt};
    }
    return {};
}

checked_head check_head(std::string_view head)
{
    checked_head checked;
    framing fields;
    bool first = true;
    // '\r' is a control character too: one that does not end a line is refused with the others.
    for (head.remove_suffix(2); !head.empty() && !checked.refused;) {
        const auto end = head.find("\r\n");
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(end + 2);
        if (line.empty() || std::ranges::any_of(line, is_control))
            checked.refused = refusal::syntax;
        else
            checked.refused = first ? check_request_line(line, checked.facts) : check_field(line, fields);
        first = false;
    }
    if (!checked.refused) checked.refused = fields.finish(checked.facts);
    return checked;
}

std::optional<request_target> split_target(std::string_view target, std::string_view host)
{
    const auto unprintable = [](unsigned char c) { return c <= 0x20 || c >= 0x7F; };
    if (std::ranges::any_of(target, unprintable) || target.find_first_of("#\\") != target.npos)
        return std::nullopt;
    if (target == "*") return request_target{"*", {}};
    const auto local = without_authority(target, host);
    if (!local) return std::nullopt;
    const auto mark = std::min(local->find('?'), local->size());
    auto path = percent_decoded(local->substr(0, mark));
    if (!path) return std::nullopt;
    if (path->empty() && local->size() != target.size())
        *path = "/";  // "http://host" and "http://host?query"
    if (!path->starts_with('/') || leaves_its_root(*path)) return std::nullopt;
    return request_target{std::move(*path), std::string(local->substr(std::min(mark + 1, local->size())))};
}

}  // namespace bot::net
