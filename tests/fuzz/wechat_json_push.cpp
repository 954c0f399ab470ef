// Any bytes as a JSON push: the reader and what follows it never crash, and what is read is clean.

#include "bot/wechat/inbound_reader.hpp"
#include "bot/wechat/push_format.hpp"
#include "bot/wechat/to_said.hpp"
#include "bot/wechat/unicode.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace bot::wechat;
    static field_tree fields;
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    if (read_push(body, fields) != push_format::json)
        return 0;
    const auto read = read_inbound(fields);
    if (!read)
        return 0;
    to_said(*read);
    if (const auto* text = std::get_if<text_message>(&read->content))
        if (!valid_utf8(text->content) || text->content.find('\0') != std::string::npos)
            std::abort();
    return 0;
}
