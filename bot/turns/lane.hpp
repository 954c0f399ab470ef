#pragma once
// The lane of one citizen: their deliveries in order, one turn under way at a time, and the session between turns.
// Lives on the I/O thread.

#include "bot/base/error.hpp"
#include "bot/turns/delivery.hpp"
#include "dialogs/engine/conversation.hpp"

#include <chrono>
#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bot::turns {

using shared_answer = std::shared_ptr<const answer>;

// A request that waits for a turn. Completed once; later calls are ignored.
class waiter {
public:
    virtual ~waiter() = default;
    void complete(bot::result<shared_answer> outcome)
    {
        if (!done_) {
            done_ = true;
            resume(std::move(outcome));
        }
    }
    bool done() const { return done_; }

private:
    virtual void resume(bot::result<shared_answer> outcome) = 0;
    bool done_ = false;
};

// A message and everybody who waits for its turn (the platform's repeated deliveries join the first).
struct pending {
    delivery message;
    std::vector<std::shared_ptr<waiter>> waiters;
    std::chrono::steady_clock::time_point give_up;  // the latest reply_by of its waiters
    int attempts = 0;                               // after a conflict or a failure
    int collisions = 0;                             // conflicts although nobody else made a turn: see pipeline
};

struct lane {
    explicit lane(storage::address person) : where(std::move(person)) {}

    const storage::address where;
    std::deque<pending> queue;  // the front is under way when busy
    bool busy = false;

    // The session; nullopt: not read from the journal yet, or no longer believed after a conflict.
    struct session {
        storage::citizen who;
        bool stored = false;  // the citizen's row exists
        std::int32_t turn_no = 0;
        dialogs::conversation state;
    };
    std::optional<session> current;
    std::int32_t lost_after = -1;  // the turn number before the turn that was lost to a conflict; -1: none
    std::optional<dialogs::conversation> stepped;  // the state after the turn that is being committed
    shared_answer answering;                       // its answer

    // Newest answered deliveries, so that a retry on this replica costs no read.
    struct answered {
        storage::delivery_key key;
        shared_answer reply;
    };
    std::deque<answered> recent;

    std::list<lane*>::iterator idle_place;  // in the pipeline's list of idle lanes, when idle
};

constexpr std::size_t recent_answers = 4;

}  // namespace bot::turns
