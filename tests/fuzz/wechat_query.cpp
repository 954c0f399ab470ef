// Any bytes as a query string; a value that is encoded again reads the same.

#include "bot/wechat/query.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace bot::wechat;
    const std::string_view raw(reinterpret_cast<const char*>(data), size);
    const auto query = query_parameters::parse(raw);
    if (!query)
        return 0;
    const std::string value(query->get("signature"));
    (void)query->base64("echostr");
    if (value.size() > 2000)
        return 0;
    std::string again = "signature=";
    append_percent_encoded(again, value);
    const auto second = query_parameters::parse(again);
    if (!second || second->get("signature") != value)
        std::abort();
    return 0;
}
