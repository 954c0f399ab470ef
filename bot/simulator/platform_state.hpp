#pragma once
// What the fake platform knows, under one lock. Inside this room only.

#include "bot/simulator/fake_platform.hpp"
#include "bot/simulator/ledger.hpp"
#include "bot/simulator/tokens.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace bot::simulator {

// A person's side of things that a phone does not show.
struct person_state {
    bool following = false;
    std::string scene;
    bot::instant since;         // of following
    bot::instant last_contact;  // for the typing indicator
    bot::instant typing_until;
    int waiting = 0;
    std::uint64_t last_seq = 0;
    std::deque<entry> lines;
    send_ledger ledger;
    std::map<std::string, int, std::less<>> grants;               // template id → notifications allowed
    std::map<std::string, bot::instant, std::less<>> client_ids;  // client_msg_id → when
};

struct platform_state {
    explicit platform_state(platform_options given);

    const platform_options options;
    const bot::clock& clock;

    mutable std::mutex guard;
    std::condition_variable stop_asked;
    bool stopping = false;

    std::string webhook;
    std::string menu;
    std::string api_base;
    std::map<std::string, std::unique_ptr<person>, std::less<>> people;
    std::map<std::string, person_state, std::less<>> lives;
    token_book tokens;
    std::map<std::string, simulator::media, std::less<>> media;
    std::size_t media_bytes = 0;
    std::deque<std::string> media_order;
    std::map<std::string, std::string, std::less<>> tickets;  // QR code → scene
    std::deque<exchange> exchanges;
    std::deque<api_call> calls;
    std::vector<fault> faults;
    std::uint64_t last_number = 0;  // of messages, exchanges and receipts

    bot::instant now() const { return clock.now(); }

    // The following expect the lock to be held.
    std::uint64_t next_number() { return ++last_number; }
    // 17 digits as the platform's, larger than those of an earlier run.
    std::uint64_t next_message_id();
    entry& add_line(person_state& of, entry line);
    std::string keep_media(simulator::media what);
    std::string ticket_for(std::string scene);
};

// The grey line of a phone when the account gave no answer (demo/service_failure.txt).
std::string service_failure_text();

// Pushes to the webhook until it is answered or given up. Takes no lock. tell: when given up, the person sees
// the grey line.
seen push(
    platform_state& platform,
    std::string clear,
    const std::string& open_id,
    std::uint64_t exchange_id,
    bool tell
);

}  // namespace bot::simulator
