#include "bot/base/error.hpp"

#include <string>

namespace bot {
namespace {

constexpr std::string_view name_of(errc code) noexcept
{
    switch (code) {
        case errc::bad_signature: return "bad_signature";
        case errc::bad_envelope: return "bad_envelope";
        case errc::wrong_receiver: return "wrong_receiver";
        case errc::refused_mode: return "refused_mode";
        case errc::bad_message: return "bad_message";
        case errc::stale: return "stale";
        case errc::not_found: return "not_found";
        case errc::conflict: return "conflict";
        case errc::storage_down: return "storage_down";
        case errc::storage_failed: return "storage_failed";
        case errc::timed_out: return "timed_out";
        case errc::overloaded: return "overloaded";
        case errc::bad_key: return "bad_key";
        case errc::bad_configuration: return "bad_configuration";
        case errc::internal_fault: return "internal_fault";
    }
    return "other";
}

class category final : public boost::system::error_category {
    const char* name() const noexcept override { return "hejie"; }
    std::string message(int code) const override { return std::string(name_of(static_cast<errc>(code))); }
};

}  // namespace

const boost::system::error_category& error_category() noexcept
{
    static const category instance;
    return instance;
}

boost::system::error_code make_error_code(errc code) noexcept
{
    return {static_cast<int>(code), error_category()};
}

std::string_view error_name(boost::system::error_code code) noexcept
{
    return code.category() == error_category() ? name_of(static_cast<errc>(code.value())) : "other";
}

}  // namespace bot
