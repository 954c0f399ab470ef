#include "bot/net/request_parser.hpp"

namespace bot::net {

void request_parser::on_request_impl(boost::beast::http::verb, text method, text, int, error_code&)
{
    into_.method.assign(method.data(), method.size());
}

void request_parser::on_response_impl(int, text, int, error_code&) {}

void request_parser::on_field_impl(boost::beast::http::field, text name, text value, error_code&)
{
    if (in_body_) return;  // a trailer: it came too late to be believed
    auto& [key, kept] = into_.headers.emplace_back(name, value);
    for (char& c : key)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
}

void request_parser::on_header_impl(error_code&) {}

void request_parser::on_body_init_impl(const body_length&, error_code&)
{
    in_body_ = true;
}

std::size_t request_parser::on_body_impl(text bytes, error_code&)
{
    into_.body.append(bytes.data(), bytes.size());
    return bytes.size();
}

void request_parser::on_chunk_header_impl(std::uint64_t, text, error_code&) {}

std::size_t request_parser::on_chunk_body_impl(std::uint64_t, text bytes, error_code&)
{
    into_.body.append(bytes.data(), bytes.size());
    return bytes.size();
}

void request_parser::on_finish_impl(error_code&) {}

}  // namespace bot::net
