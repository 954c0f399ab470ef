#pragma once
// Beast's HTTP parser, writing into an http_request.

#include "bot/net/http_types.hpp"

#include <boost/beast/http/basic_parser.hpp>

namespace bot::net {

// Path, query and what the connection knows are the caller's to fill in.
class request_parser final : public boost::beast::http::basic_parser<true> {
public:
    explicit request_parser(http_request& into) : into_(into) {}

private:
    using text = boost::beast::string_view;
    using error_code = boost::beast::error_code;
    using body_length = boost::optional<std::uint64_t>;

    void on_request_impl(boost::beast::http::verb, text method, text target, int version, error_code&)
        override;
    void on_response_impl(int status, text reason, int version, error_code&) override;
    void on_field_impl(boost::beast::http::field, text name, text value, error_code&) override;
    void on_header_impl(error_code&) override;
    void on_body_init_impl(const body_length& length, error_code&) override;
    std::size_t on_body_impl(text bytes, error_code&) override;
    void on_chunk_header_impl(std::uint64_t size, text extensions, error_code&) override;
    std::size_t on_chunk_body_impl(std::uint64_t left, text bytes, error_code&) override;
    void on_finish_impl(error_code&) override;

    http_request& into_;
    bool in_body_ = false;
};

}  // namespace bot::net
