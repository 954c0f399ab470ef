#pragma once
// The query string of a webhook request, percent-decoded.

#include "bot/base/error.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace bot::wechat {

// Appends the text with everything but letters, digits and "-._~" as %XX.
void append_percent_encoded(std::string& out, std::string_view text);

class query_parameters {
public:
    // Refuses with bad_message: a broken percent sequence, a NUL, a name given twice (else one could be signed and the
    // other used), more than 16 parameters or more than 8 KiB.
    static bot::result<query_parameters> parse(std::string_view raw);

    // nullopt when the parameter is absent.
    std::optional<std::string_view> find(std::string_view name) const;
    // Empty when the parameter is absent.
    std::string_view get(std::string_view name) const { return find(name).value_or(std::string_view()); }
    // For base64 values: senders that forget to encode '+' make it a space, which is put right.
    std::string base64(std::string_view name) const;

private:
    // Offsets, not views: the object may be moved.
    struct parameter {
        std::size_t name_at = 0, name_size = 0, value_at = 0, value_size = 0;
    };

    bool append_decoded(std::string_view raw);
    std::string_view part(std::size_t at, std::size_t size) const { return std::string_view(text_).substr(at, size); }

    std::string text_;
    std::array<parameter, 16> parameters_;
    std::size_t count_ = 0;
};

}  // namespace bot::wechat
