#include "bot/outbox/worker.hpp"

#include "bot/base/log.hpp"
#include "bot/outbox/token_source.hpp"
#include "bot/wechat/passive_reply.hpp"
#include "bot/wechat/unicode.hpp"
#include "dialogs/engine/engine.hpp"
#include "storage/services/outbox.hpp"

#include <map>
#include <random>
#include <stdexcept>

namespace bot::outbox {
namespace {

using namespace std::chrono_literals;

// Without a token nothing of the account goes out; the platform is not asked again before this.
constexpr std::chrono::seconds token_pause = 30s;
// While another replica fetches the token.
constexpr std::chrono::seconds token_wait = 2s;
// After the quota's refusals: at least a minute (protocol §8.17).
constexpr std::chrono::seconds quota_pause = 60s;

std::string made_up_name()
{
    std::random_device random;
    return "worker-" + std::to_string(random()) + "-" + std::to_string(random());
}

// What the phone shows: the replies of a turn in one message, a text of its own in as many as it needs.
std::vector<std::string> contents_of(const storage::outgoing& line)
{
    std::vector<dialogs::reply> replies;
    if (line.kind == "reply")
        replies = dialogs::parse_replies(line.text);
    std::vector<std::string> out;
    const auto add = [&out](const std::vector<dialogs::reply>& said) {
        const auto shown = wechat::render(said);
        if (const auto* text = std::get_if<wechat::text_reply>(&shown)) out.push_back(text->content);
    };
    if (line.kind == "reply") {
        add(replies);
        return out;
    }
    for (std::string_view rest = line.text; !rest.empty();) {
        const auto piece = wechat::cut_text(rest, wechat::max_text_bytes);
        if (piece.empty()) break;
        add({{std::string(piece), {}}});
        rest.remove_prefix(piece.size());
    }
    return out;
}

struct figures {
    explicit figures(metrics& all)
        : sent(all.counter("hejie_outbox_sent_total", "messages the platform took")),
          later(all.counter("hejie_outbox_later_total", "attempts that are repeated later")),
          failed(all.counter("hejie_outbox_failed_total", "messages given up and handed to a person"))
    {
    }
    counter &sent, &later, &failed;
};

// One account this process sends for.
struct channel {
    explicit channel(wechat::account given) : account(std::move(given)), api(account.api_base) {}
    const wechat::account account;
    wechat::api_client api;
};

}  // namespace

struct worker::impl {
    impl(
        storage::sql::database& database, const storage::keyring& keys, std::vector<wechat::account> accounts,
        const bot::clock& clock, metrics& counters, worker_options options
    )
        : database_(database), keys_(keys), clock_(clock), count_(counters), options_(std::move(options))
    {
        if (options_.owner.empty()) options_.owner = made_up_name();
        for (auto& account : accounts) {
            names_.push_back(account.name);
            channels_.emplace(names_.back(), std::make_unique<channel>(std::move(account)));
        }
    }

    bot::result<round_figures> run_once()
    {
        if (!db_) {
            auto opened = database_.connect();
            if (opened.has_error()) return opened.error();
            db_ = std::move(*opened);
            lines_ = std::make_unique<storage::outbox>(*db_, keys_);
            tokens_ = std::make_unique<token_source>(*db_, keys_, options_.owner);
        }
        round_figures done;
        for (;;) {
            auto claimed =
                lines_->claim({names_, options_.owner, clock_.now(), options_.lease, options_.batch});
            if (claimed.has_error()) return claimed.error();
            if (claimed->empty()) return done;
            for (const auto& line : *claimed)
                if (auto said = handle(line, done); said.has_error() && said.error() != bot::errc::conflict)
                    return said.error();
        }
    }

private:
    bot::result<void> handle(const storage::outgoing& line, round_figures& done)
    {
        if (clock_.now() > line.good_until) return give_up(line, "too_late", done);
        if (line.attempts > options_.most_attempts) return give_up(line, "gave_up", done);
        channel& through = *channels_.at(line.account);
        auto token = tokens_->get(through.account, through.api, clock_.now());
        if (token.has_error()) return without_token(line, token.error(), done);
        auto answer = say(through, *token, line);
        if (answer.reached && verdict_of(answer.errcode) == verdict::token_refused) {
            // Once: the next token, and the same again.
            if (auto marked = tokens_->refused(through.account, *token); marked.has_error()) return marked;
            token = tokens_->get(through.account, through.api, clock_.now());
            if (token.has_error()) return without_token(line, token.error(), done);
            answer = say(through, *token, line);
        }
        return settle(line, answer, done);
    }

    // All pieces; the first that is not taken ends it.
    static wechat::api_answer say(
        channel& through, const storage::platform_token& token, const storage::outgoing& line
    )
    {
        wechat::api_answer answer{true, 0, ""};
        for (const auto& content : contents_of(line)) {
            answer = through.api.send_text(token.value, line.person, content);
            if (!answer.reached || verdict_of(answer.errcode) != verdict::delivered) return answer;
        }
        return answer;
    }

    bot::result<void> settle(
        const storage::outgoing& line, const wechat::api_answer& answer, round_figures& done
    )
    {
        if (!answer.reached) return put_back(line, pause_after(line.attempts), "no_answer", done);
        switch (verdict_of(answer.errcode)) {
            case verdict::delivered:
                count_.sent.add();
                ++done.sent;
                return lines_->sent(line, clock_.now());
            case verdict::hopeless: return give_up(line, reason_of(answer.errcode), done);
            case verdict::token_refused:
            case verdict::try_later: break;
        }
        const auto pause = std::max(pause_after(line.attempts), quota_pause);
        return put_back(line, pause, reason_of(answer.errcode), done);
    }

    bot::result<void> without_token(
        const storage::outgoing& line, boost::system::error_code why, round_figures& done
    )
    {
        if (why == bot::errc::storage_down || why == bot::errc::storage_failed) return why;
        count_.later.add();
        ++done.later;
        const auto pause = why == bot::errc::conflict ? token_wait : token_pause;
        return lines_->later(line, clock_.now() + pause, "no_token", false);
    }

    bot::result<void> put_back(
        const storage::outgoing& line, std::chrono::seconds pause, const std::string& reason, round_figures& done
    )
    {
        if (line.attempts >= options_.most_attempts) return give_up(line, "gave_up", done);
        count_.later.add();
        ++done.later;
        return lines_->later(line, clock_.now() + pause, reason);
    }

    bot::result<void> give_up(const storage::outgoing& line, const std::string& reason, round_figures& done)
    {
        log::warn(
            "outbox.failed",
            {{"citizen", line.citizen.value}, {"turn", std::int64_t{line.turn_no}}, {"reason", reason}}
        );
        count_.failed.add();
        ++done.failed;
        return lines_->failed(line, reason, clock_.now());
    }

    storage::sql::database& database_;
    const storage::keyring& keys_;
    const bot::clock& clock_;
    figures count_;
    worker_options options_;
    std::vector<std::string> names_;
    std::map<std::string, std::unique_ptr<channel>> channels_;
    std::unique_ptr<storage::sql::connection> db_;
    std::unique_ptr<storage::outbox> lines_;
    std::unique_ptr<token_source> tokens_;
};

worker::worker(
    storage::sql::database& database, const storage::keyring& keys, std::vector<wechat::account> accounts,
    const bot::clock& clock, metrics& counters, worker_options options
)
    : impl_(std::make_unique<impl>(database, keys, std::move(accounts), clock, counters, std::move(options)))
{
}

worker::~worker() = default;

bot::result<round_figures> worker::run_once()
{
    return impl_->run_once();
}

}  // namespace bot::outbox
