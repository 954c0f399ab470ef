#pragma once
// The periods of law a citizen may be told of: dialogs/lexicon/clocks.yaml. The arithmetic is cases/clocks.hpp.

#include "cases/clocks.hpp"
#include "dialogs/knowledge/cited_law.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

struct clock_entry {
    std::string id;
    std::string name;      // what the period is for
    std::string question;  // asks for the starting day
    std::string since;     // the same day as a clause
    std::optional<cases::period> length;  // nullopt: it ends with an event, which the note names
    bool not_before = false;              // possible only after it has ended
    std::vector<cited_law> law;
    std::string note;
};

class clock_table {
public:
    clock_table() = default;
    // Throws flow_error with every fault as "file:line: what is wrong".
    clock_table(std::string_view path, std::string_view yaml);

    const clock_entry* find(std::string_view id) const;
    const std::vector<clock_entry>& all() const { return entries_; }

private:
    std::vector<clock_entry> entries_;
};

// The ids that must be there: every clock of the domain that an answer card may name.
inline constexpr std::string_view clock_ids[] = {
    "civil_claim", "longest_protection", "enforcement", "confirmation", "labor_arbitration", "labor_award_suit",
    "work_injury_report", "work_injury_claim", "reconsideration", "admin_suit",
    "admin_suit_after_reconsideration", "petition_review", "civil_appeal", "traffic_mediation_request",
    "traffic_review", "divorce_cooling", "revoke_contract", "renounce_inheritance",
    "new_claim_after_divorce_refusal", "consumer_return_7_days", "retrial",
};

}  // namespace dialogs
