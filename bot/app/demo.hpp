#pragma once
// What `--demo` adds: an account that exists nowhere else, the fake platform it belongs to, and the simulator's page.

#include "bot/app/configuration.hpp"
#include "handlers/routes.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace bot::app {

// Puts the demo account in the place of the configured ones; the demo never speaks for a real account.
void prepare_demo(configuration& settings);

class demo {
public:
    virtual ~demo() = default;
    // Tells the fake platform where our webhook is.
    virtual void connect(std::uint16_t port) = 0;
    // Where its interface is, for the account's api_base.
    virtual std::string api_base() const = 0;
};

// Starts the fake platform and adds /simulator/. Throws std::runtime_error when it cannot listen.
std::unique_ptr<demo> start_demo(const wechat::account& account, handlers::routes& into);

}  // namespace bot::app
