#include "tests/bench/turns/connections.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>

#include <stdexcept>

namespace {

using progress = load::http_answer::progress;

TEST(HttpAnswer, IsCompleteOnlyAtItsLastByte)
{
    const std::string whole =
        "HTTP/1.1 200 OK\r\nDate: now\r\ncontent-length:  7 \r\nConnection: Close\r\n\r\nsuccess";
    for (std::size_t n = 0; n < whole.size(); ++n)
        ASSERT_EQ(load::parse_answer(std::string_view(whole).substr(0, n)).found, progress::needs_more) << n;
    const auto answer = load::parse_answer(whole);
    ASSERT_EQ(answer.found, progress::complete);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(whole.substr(answer.head, answer.body), "success");
    EXPECT_TRUE(answer.close);
}

TEST(HttpAnswer, BrokenOnesAreSeen)
{
    for (auto text : {
             "HTTP/1.1 200 OK\r\n\r\n",  // no length
             "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
             "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
             "HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 0\r\n\r\n",
             "SSH-2.0\r\n\r\n",
         })
        EXPECT_EQ(load::parse_answer(text).found, progress::broken) << text;
    EXPECT_EQ(load::parse_answer("HTTP/1.1 204 No Content\r\n\r\n").found, progress::complete);
    EXPECT_EQ(load::parse_answer(std::string(70'000, 'x')).found, progress::broken);
}

TEST(Url, OnlyHttpWithAddressAndPort)
{
    const auto to = load::parse_url("http://127.0.0.1:8080/wechat/main");
    EXPECT_EQ(to.host, "127.0.0.1:8080");
    EXPECT_EQ(to.path, "/wechat/main");
    EXPECT_EQ(ntohs(to.address.sin_port), 8080);
    EXPECT_EQ(load::parse_url("http://127.0.0.1:1").path, "/");
    for (auto url :
         {"https://127.0.0.1:1/", "http://localhost:1/", "http://127.0.0.1/", "http://127.0.0.1:70000/", ""})
        EXPECT_THROW(load::parse_url(url), std::invalid_argument) << url;
}

}  // namespace
