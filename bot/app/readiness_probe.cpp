#include "bot/app/readiness_probe.hpp"

#include "bot/async/offload.hpp"
#include "storage/migrations.hpp"

namespace bot::app {

boost::asio::awaitable<handlers::readiness> readiness_probe::ask()
{
    auto job = [this] { return look(); };
    co_return co_await offload(thread_, std::move(job));
}

handlers::readiness readiness_probe::look()
{
    handlers::readiness now;
    if (!db_)
        if (auto opened = database_.connect(); opened.has_value())
            db_ = std::move(*opened);
    if (!db_ || db_->ensure_open().has_error())
        return now;
    const auto status = storage::read_schema_status(*db_);
    now.database_reachable = status.has_value();
    now.schema_current = status.has_value() && status->is_current();
    return now;
}

}  // namespace bot::app
