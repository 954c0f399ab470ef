#include "bot/app/background_jobs.hpp"

#include "bot/base/log.hpp"
#include "bot/outbox/background.hpp"
#include "bot/outbox/erasures.hpp"
#include "bot/outbox/worker.hpp"

namespace bot::app {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::minutes look_for_erasures_every = 10min;

class running_jobs final : public background_jobs {
public:
    running_jobs(
        const configuration& settings, storage::sql::database& database, const storage::keyring& keys,
        const bot::clock& clock, metrics& counters
    )
        : database_(database),
          keys_(keys),
          clock_(clock),
          erase_after_(settings.erase_after),
          outbox_(database, keys, settings.wechat_accounts, clock, counters, {}),
          thread_(jobs(settings))
    {
    }

private:
    std::vector<outbox::background_job> jobs(const configuration& settings)
    {
        std::vector<outbox::background_job> all{{look_for_erasures_every, [this] { erase(); }}};
        if (settings.outbox)
            all.push_back({settings.outbox_poll, [this] { send(); }});
        return all;
    }

    void send()
    {
        guarded("outbox", [this] { return error_of(outbox_.run_once()); });
    }

    void erase()
    {
        guarded("erasures", [this] {
            auto db = database_.connect();
            if (db.has_error())
                return db.error();
            return error_of(outbox::carry_out_erasures(**db, keys_, clock_.now(), erase_after_));
        });
    }

    template <class T>
    static boost::system::error_code error_of(const bot::result<T>& outcome)
    {
        return outcome.has_error() ? outcome.error() : boost::system::error_code{};
    }

    // The database may be away for a while; a bug must not end the process. The job comes round again.
    template <class F>
    static void guarded(std::string_view job, F work)
    {
        try {
            if (const auto error = work())
                log::warn("job.failed", {{"job", job}, {"reason", error_name(error)}});
        } catch (const std::exception& bug) {
            log::error("job.failed", {{"job", job}, {"reason", std::string_view(bug.what())}});
        }
    }

    storage::sql::database& database_;
    const storage::keyring& keys_;
    const bot::clock& clock_;
    const std::chrono::hours erase_after_;
    outbox::worker outbox_;
    outbox::background thread_;
};

}  // namespace

std::unique_ptr<background_jobs> start_background_jobs(
    const configuration& settings, storage::sql::database& database, const storage::keyring& keys,
    const bot::clock& clock, metrics& counters
)
{
    return std::make_unique<running_jobs>(settings, database, keys, clock, counters);
}

}  // namespace bot::app
