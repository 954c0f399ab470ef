// What the pipeline counts.

#include "bot/turns/pipeline.hpp"

namespace bot::turns {

pipeline::counters_of::counters_of(metrics& all)
    : stepped(all.counter("hejie_turns_stepped_total", "turns computed by the dialogue engine")),
      committed(all.counter("hejie_turns_committed_total", "turns made durable")),
      conflicts(all.counter("hejie_turn_conflicts_total", "turns lost to another replica and stepped again")),
      repeated_done(all.counter(
          "hejie_repeated_deliveries_total", "repeated deliveries by where their turn was", {{"found", "memory"}}
      )),
      repeated_waiting(all.counter(
          "hejie_repeated_deliveries_total", "repeated deliveries by where their turn was", {{"found", "under_way"}}
      )),
      repeated_stored(all.counter(
          "hejie_repeated_deliveries_total", "repeated deliveries by where their turn was", {{"found", "journal"}}
      )),
      timed_out(all.counter("hejie_turns_timed_out_total", "requests whose turn was not committed in time")),
      overloaded(all.counter("hejie_turns_refused_total", "deliveries refused because too many are under way")),
      failed(all.counter("hejie_turns_failed_total", "deliveries given up after storage failures")),
      lanes(all.gauge("hejie_lanes", "citizens whose session is in memory")),
      waiting(all.gauge("hejie_deliveries_under_way", "deliveries whose turn is not committed yet")),
      seconds(all.histogram(
          "hejie_turn_seconds", "from a delivery received to its turn committed",
          {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 4.5}
      ))
{
}

}  // namespace bot::turns
