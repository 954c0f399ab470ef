#pragma once
// Failures this program originates, and the result type that carries them. Expected failures are values of this
// type; exceptions are for bugs and for start-up. A citizen's unreadable answer is not a failure but a dialogue value.

#include <boost/system/result.hpp>

#include <string_view>

namespace bot {

// Values appear in logs and metrics: append, never renumber.
enum class errc {
    bad_signature = 1,  // a webhook signature does not match the token
    bad_envelope,       // the encrypted envelope is broken: base64, padding, length
    wrong_receiver,     // decrypted for another app id or original id
    refused_mode,       // plain where our configuration says safe, or the reverse
    bad_message,        // XML or JSON that cannot be read, or lacks a required field
    stale,              // a timestamp outside the replay window
    not_found,          // the addressed row does not exist (or is no longer yours)
    conflict,           // the row changed since it was read, or the key exists; nothing was written
    storage_down,       // the database gave no answer; a write may have happened: look it up by its key
    storage_failed,     // the database refused for a reason that repeating will not mend
    timed_out,          // the deadline passed first
    overloaded,         // a named limit is reached; nothing was done
    bad_key,            // a master or data key is missing, malformed or does not open the value
    bad_configuration,  // a setting is missing or cannot be read
    internal_fault,     // a bug was caught; the log has the event
};

const boost::system::error_category& error_category() noexcept;
boost::system::error_code make_error_code(errc code) noexcept;

// The name of the code as logs and metrics write it ("bad_signature"), or "other" for foreign codes.
std::string_view error_name(boost::system::error_code code) noexcept;

template <class T>
using result = boost::system::result<T>;

}  // namespace bot

template <>
struct boost::system::is_error_code_enum<bot::errc> : std::true_type {};
