#pragma once
// The chat page at /simulator/ and the JSON endpoints below /simulator/api/ that it lives on. Demo only:
// whoever reaches it can speak as any of the demo citizens, so nothing else may be served by the same process
// to the world.

#include "bot/base/embedded.hpp"
#include "bot/net/http_types.hpp"
#include "bot/simulator/fake_platform.hpp"

#include <cstddef>
#include <memory>
#include <span>

namespace bot::simulator {

class pages {
public:
    // files: the built pages, of which "simulator/…" is served. threads: as many people can wait for an
    // answer at once. The platform must outlive the pages, and the pages the io_context's last run.
    pages(fake_platform& platform, std::span<const bot::embedded_file> files, std::size_t threads = 8);
    ~pages();  // waits for actions under way
    pages(const pages&) = delete;

    // Everything at and below /simulator. Actions run on threads of its own; reading is done at once.
    boost::asio::awaitable<net::http_response> operator()(net::http_request request);

    // The same, on the caller's thread.
    net::http_response answer(const net::http_request& request);

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace bot::simulator
