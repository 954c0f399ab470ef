// Framings by which a proxy and a server have been brought to disagree. Each is followed by a second request
// that must never be seen as one.

#include "tests/unit/net/loopback.hpp"

#include <gtest/gtest.h>

namespace {

using bot::test::loopback_server;
using bot::test::raw_client;

const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

std::string post(const std::string& fields, const std::string& body)
{
    return "POST /p HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
}

std::string get(const std::string& line, const std::string& fields)
{
    return line + "\r\n" + fields + "\r\n";
}

struct hostile {
    const char* name;
    std::string bytes;
    int status;
    const char* reason;
};

class Hostile : public testing::TestWithParam<hostile> {};

TEST_P(Hostile, IsRefusedCountedAndTheConnectionClosed)
{
    const auto& row = GetParam();
    loopback_server server;
    raw_client client(server.port());
    client.send(row.bytes + smuggled);
    const auto response = client.read();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, row.status);
    EXPECT_EQ(response->header("Connection"), "close");
    EXPECT_EQ(response->header("X-Request-Id").size(), 16U);
    EXPECT_EQ(response->body, "");
    EXPECT_TRUE(client.closed_by_server());
    EXPECT_TRUE(server.seen().empty()) << server.seen().front();
    EXPECT_EQ(server.refused(row.reason), 1);
}

const std::string chunked = "Transfer-Encoding: chunked\r\n";
const std::string host = "Host: a\r\n";

INSTANTIATE_TEST_SUITE_P(
    Length,
    Hostile,
    testing::Values(
        hostile{
            "LengthAndCoding", post("Content-Length: 4\r\n" + chunked, "0\r\n\r\n"), 400, "length_conflict"
        },
        hostile{
            "CodingAndLength", post(chunked + "Content-Length: 4\r\n", "0\r\n\r\n"), 400, "length_conflict"
        },
        hostile{
            "TwoLengths", post("Content-Length: 0\r\nContent-Length: 4\r\n", "abcd"), 400, "length_conflict"
        },
        hostile{
            "SameLengthTwice",
            post("Content-Length: 4\r\nContent-Length: 4\r\n", "abcd"),
            400,
            "length_conflict"
        },
        hostile{"LengthList", post("Content-Length: 4, 4\r\n", "abcd"), 400, "syntax"},
        hostile{"LengthWithPlus", post("Content-Length: +4\r\n", "abcd"), 400, "syntax"},
        hostile{"NegativeLength", post("Content-Length: -1\r\n", ""), 400, "syntax"},
        hostile{"HexLength", post("Content-Length: 0x4\r\n", "abcd"), 400, "syntax"},
        hostile{"LengthWithSpace", post("Content-Length: 1 2\r\n", "abcd"), 400, "syntax"},
        hostile{"EmptyLength", post("Content-Length:\r\n", ""), 400, "syntax"},
        hostile{
            "LengthBeyond64Bits", post("Content-Length: 18446744073709551620\r\n", "abcd"), 400, "syntax"
        },
        hostile{"HugeLength", post("Content-Length: 999999999999\r\n", ""), 413, "body_size"},
        hostile{"LengthOverTheLimit", post("Content-Length: 65537\r\n", ""), 413, "body_size"}
    ),
    [](const auto& row) { return std::string(row.param.name); }
);

INSTANTIATE_TEST_SUITE_P(
    Coding,
    Hostile,
    testing::Values(
        hostile{
            "ChunkedThenIdentity",
            post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"),
            501,
            "transfer_encoding"
        },
        hostile{
            "GzipChunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501, "transfer_encoding"
        },
        hostile{"Identity", post("Transfer-Encoding: identity\r\n", ""), 501, "transfer_encoding"},
        hostile{"XChunked", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501, "transfer_encoding"},
        hostile{"EmptyCoding", post("Transfer-Encoding:\r\n", "0\r\n\r\n"), 501, "transfer_encoding"},
        hostile{
            "QuotedChunked", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 501, "transfer_encoding"
        },
        hostile{"CodingTwice", post(chunked + chunked, "0\r\n\r\n"), 400, "length_conflict"},
        hostile{
            "VerticalTabCoding",
            post(
                "Transfer-Encoding: \x0B"
                "chunked\r\n",
                "0\r\n\r\n"
            ),
            400,
            "syntax"
        },
        hostile{"CodingInHttp10", get("POST /p HTTP/1.0", chunked), 501, "transfer_encoding"},
        hostile{"SpaceBeforeColon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400, "syntax"},
        hostile{"ChunkSizeNotHex", post(chunked, "zz\r\nab\r\n0\r\n\r\n"), 400, "syntax"},
        hostile{"ChunkSizeNegative", post(chunked, "-1\r\nab\r\n0\r\n\r\n"), 400, "syntax"},
        hostile{"ChunkSizeWithPrefix", post(chunked, "0x2\r\nab\r\n0\r\n\r\n"), 400, "syntax"},
        hostile{"ChunkSizeOverflow", post(chunked, "10000000000000002\r\nab\r\n0\r\n\r\n"), 400, "syntax"},
        hostile{"ChunkSizeHuge", post(chunked, "ffffffffffffffff\r\nab"), 413, "body_size"},
        hostile{"ChunkOverTheLimit", post(chunked, "10001\r\n"), 413, "body_size"},
        hostile{"ChunkWithoutLineEnd", post(chunked, "2\r\nabXX0\r\n\r\n"), 400, "syntax"},
        hostile{"ChunkBareLineFeed", post(chunked, "2\nab\n0\n\n"), 400, "syntax"},
        hostile{"ChunkBareLineFeedInExtension", post(chunked, "2;a\nb\r\nab\r\n0\r\n\r\n"), 400, "syntax"},
        hostile{"ChunkBareCarriageReturn", post(chunked, "2\rXab\r\n0\r\n\r\n"), 400, "syntax"},
        hostile{"LengthInTrailer", post(chunked, "0\r\nContent-Length: 9\r\n\r\n"), 400, "syntax"},
        hostile{"CodingInTrailer", post(chunked, "0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400, "syntax"},
        hostile{
            "ChunkExtensionWithoutEnd", post(chunked, "2;" + std::string(20'000, 'a')), 431, "header_size"
        }
    ),
    [](const auto& row) { return std::string(row.param.name); }
);

INSTANTIATE_TEST_SUITE_P(
    Head,
    Hostile,
    testing::Values(
        hostile{"BareLineFeeds", "GET / HTTP/1.1\nHost: a\n\n", 400, "syntax"},
        hostile{"OneBareLineFeed", "GET / HTTP/1.1\r\nX: b\nHost: a\r\n\r\n", 400, "syntax"},
        hostile{"BareCarriageReturn", "GET / HTTP/1.1\r\nX: b\rHost: a\r\n\r\n", 400, "syntax"},
        hostile{"DoubleCarriageReturn", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", 400, "syntax"},
        hostile{"EmptyLineFirst", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400, "syntax"},
        hostile{"NulInValue", get("GET / HTTP/1.1", host + std::string("X: a\0b\r\n", 8)), 400, "syntax"},
        hostile{"NulInName", get("GET / HTTP/1.1", host + std::string("X\0: ab\r\n", 8)), 400, "syntax"},
        hostile{"ControlInValue", get("GET / HTTP/1.1", host + "X: \x1b[2J\r\n"), 400, "syntax"},
        hostile{"FoldedBySpace", get("GET / HTTP/1.1", host + "X: a\r\n b\r\n"), 400, "folded_header"},
        hostile{
            "FoldedByTab",
            get("GET / HTTP/1.1", host + "X: a\r\n\tContent-Length: 5\r\n"),
            400,
            "folded_header"
        },
        hostile{"FoldedFirst", get("GET / HTTP/1.1", " Host: a\r\n"), 400, "folded_header"},
        hostile{"NoColon", get("GET / HTTP/1.1", host + "Broken\r\n"), 400, "syntax"},
        hostile{"NoName", get("GET / HTTP/1.1", host + ": a\r\n"), 400, "syntax"},
        hostile{"BracketInName", get("GET / HTTP/1.1", host + "X[0]: a\r\n"), 400, "syntax"},
        hostile{"NoHost", get("GET / HTTP/1.1", ""), 400, "host"},
        hostile{"TwoHosts", get("GET / HTTP/1.1", host + host), 400, "host"},
        hostile{"HostWithPath", get("GET / HTTP/1.1", "Host: a/b\r\n"), 400, "host"},
        hostile{"HostWithUser", get("GET / HTTP/1.1", "Host: a@b\r\n"), 400, "host"},
        hostile{"HostList", get("GET / HTTP/1.1", "Host: a, b\r\n"), 400, "host"},
        hostile{"OtherAuthority", get("GET http://b/ HTTP/1.1", host), 400, "target"},
        hostile{"Expectation", get("GET / HTTP/1.1", host + "Expect: 200-ok\r\n"), 417, "expectation"},
        hostile{
            "LongHeader",
            get("GET / HTTP/1.1", host + "X: " + std::string(8'300, 'a') + "\r\n"),
            431,
            "header_size"
        },
        hostile{"EndlessHeader", "GET / HTTP/1.1\r\nX: " + std::string(20'000, 'a'), 431, "header_size"},
        hostile{"LongTarget", get("GET /" + std::string(9'000, 'a') + " HTTP/1.1", host), 431, "header_size"}
    ),
    [](const auto& row) { return std::string(row.param.name); }
);

INSTANTIATE_TEST_SUITE_P(
    RequestLine,
    Hostile,
    testing::Values(
        hostile{"Http09", "GET /\r\n\r\n", 400, "syntax"},
        hostile{"Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "version"},
        hostile{"Version12", get("GET / HTTP/1.2", host), 505, "version"},
        hostile{"VersionLowerCase", get("GET / http/1.1", host), 400, "syntax"},
        hostile{"VersionLong", get("GET / HTTP/1.10", host), 400, "syntax"},
        hostile{"TwoSpaces", get("GET  / HTTP/1.1", host), 400, "syntax"},
        hostile{"SpaceAtTheEnd", get("GET / HTTP/1.1 ", host), 400, "syntax"},
        hostile{"SpaceInTarget", get("GET /a b HTTP/1.1", host), 400, "syntax"},
        hostile{"TabBetween", get("GET\t/\tHTTP/1.1", host), 400, "syntax"},
        hostile{"UnknownMethod", get("BREW / HTTP/1.1", host), 501, "method"},
        hostile{"Connect", get("CONNECT a:443 HTTP/1.1", host), 501, "method"},
        hostile{"Trace", get("TRACE / HTTP/1.1", host), 501, "method"},
        hostile{"LowerCaseMethod", get("get / HTTP/1.1", host), 501, "method"},
        hostile{"BadEscape", get("GET /%zz HTTP/1.1", host), 400, "target"},
        hostile{"EscapedNul", get("GET /%00 HTTP/1.1", host), 400, "target"},
        hostile{"Up", get("GET /a/../b HTTP/1.1", host), 400, "target"},
        hostile{
            "TlsHello",
            std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\x0d\x0a\x0d\x0a", 15),
            400,
            "syntax"
        }
    ),
    [](const auto& row) { return std::string(row.param.name); }
);

struct fair {
    const char* name;
    std::string bytes;
    std::string body;  // as the echo writes it
};

class Fair : public testing::TestWithParam<fair> {};

// The second request proves that both sides agree on where the first one ends.
TEST_P(Fair, HasOneMeaningHoweverItArrives)
{
    const std::string both = GetParam().bytes + "GET /second HTTP/1.1\r\nHost: a\r\n\r\n";
    loopback_server server;
    for (std::size_t cut = 0; cut < both.size(); ++cut) {
        raw_client client(server.port());
        client.send(both.substr(0, cut));
        client.send(both.substr(cut));
        const auto first = client.read();
        const auto second = client.read();
        ASSERT_TRUE(first && second) << "cut at " << cut;
        EXPECT_EQ(first->body, GetParam().body) << "cut at " << cut;
        EXPECT_EQ(second->body, "GET\n/second\n\n") << "cut at " << cut;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Framing,
    Fair,
    testing::Values(
        fair{"NoBody", "GET /a?b HTTP/1.1\r\nHost: a\r\n\r\n", "GET\n/a\nb\n"},
        fair{"Length", post("Content-Length: 4\r\n", "a\r\nb"), "POST\n/p\n\na\r\nb"},
        fair{"LengthZero", post("Content-Length: 0\r\n", ""), "POST\n/p\n\n"},
        fair{"LengthWithBlanks", post("content-length: \t 4 \t\r\n", "abcd"), "POST\n/p\n\nabcd"},
        fair{"Chunks", post(chunked, "2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n"), "POST\n/p\n\nabcde"},
        fair{
            "ChunksInCapitals",
            post("TRANSFER-ENCODING: Chunked\r\n", "A\r\n0123456789\r\n00\r\n\r\n"),
            "POST\n/p\n\n0123456789"
        },
        fair{"ChunkExtensions", post(chunked, "2;a=b;c=\"d\"\r\nab\r\n0;e\r\n\r\n"), "POST\n/p\n\nab"},
        fair{"Trailers", post(chunked, "2\r\nab\r\n0\r\nExpires: 0\r\nHost: b\r\n\r\n"), "POST\n/p\n\nab"},
        fair{"NoChunks", post(chunked, "0\r\n\r\n"), "POST\n/p\n\n"},
        fair{"Absolute", "GET http://a/x?y HTTP/1.1\r\nHost: a\r\n\r\n", "GET\n/x\ny\n"}
    ),
    [](const auto& row) { return std::string(row.param.name); }
);

TEST(Trailer, DoesNotBecomeAHeader)
{
    loopback_server server;
    raw_client client(server.port());
    client.send(
        "POST /headers HTTP/1.1\r\nHost: a\r\nX-Kept: 1\r\n" + chunked +
        "\r\n1\r\na\r\n0\r\nX-Late: 2\r\n\r\n"
    );
    const auto response = client.read();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "host=a\nx-kept=1\ntransfer-encoding=chunked\n");
}

}  // namespace
