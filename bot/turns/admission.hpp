#pragma once
// Whether one more delivery is taken, or refused so that the platform delivers it again.
// DESIGN. A queue is good while it empties: a burst, or a stall of the database, is worked off in time. A queue that
// stands helps nobody: every answer is late by its length, and serving thousands at once costs more for each. So the
// queue is judged by the shortest wait in each window: while even that is long, only as many are under way as are
// answered within the target time, and what comes beyond is refused at once. On the I/O thread.

#include <chrono>
#include <cstddef>

namespace bot::turns {

class admission {
public:
    using time_point = std::chrono::steady_clock::time_point;

    struct options {
        std::size_t always = 1'024;     // under way at least: full batches for every writer, and the next ones
        std::size_t at_most = 20'000;   // under way at most, queue standing or not
        std::chrono::milliseconds target{50};
        std::chrono::milliseconds window{200};
    };

    explicit admission(options chosen) : options_(chosen), room_(chosen.always) {}

    // One more, with so many under way?
    bool admits(std::size_t under_way);

    // A turn ended at this moment, begun when its delivery arrived.
    void ended(time_point arrived, time_point now);

private:
    void judge(time_point now);

    const options options_;
    bool stands_ = false;  // the queue did not empty in the last window
    bool told_ = false;
    std::size_t room_;     // deliveries under way while it stands
    time_point window_began_{};
    std::size_t ended_ = 0;                          // in this window
    std::chrono::steady_clock::duration shortest_{};  // wait in this window
};

}  // namespace bot::turns
