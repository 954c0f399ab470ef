#pragma once
// Which handler answers which path. 404 and 405 are told apart here. Built once at start-up, then read only.

#include "bot/net/http_types.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace handlers {

class routes {
public:
    // path: exact, or with a trailing '/' and `below` everything under it. name: for logs and metrics, a literal.
    void add(
        std::initializer_list<std::string_view> methods, std::string path, std::string_view name,
        bot::net::http_handler handler
    );
    void add_below(
        std::initializer_list<std::string_view> methods, std::string prefix, std::string_view name,
        bot::net::http_handler handler
    );

    // The handler of the whole server. The routes must outlive it.
    boost::asio::awaitable<bot::net::http_response> operator()(bot::net::http_request request) const;

private:
    struct route {
        std::vector<std::string_view> methods;
        std::string path;
        bool below = false;
        std::string_view name;
        bot::net::http_handler handler;
        bool matches(std::string_view asked) const;
    };
    std::vector<route> routes_;
};

}  // namespace handlers
