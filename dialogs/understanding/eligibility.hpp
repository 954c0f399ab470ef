#pragma once
// May we take a dispute? The rules of domain reference §7 as a table that a clerk edits (dialogs/lexicon/eligibility.yaml).
// They advise and mark; a person decides. Danger is not here: the safety screen sees every message first.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

struct eligibility_rule {
    std::string id;
    std::string flag;  // set on the case
    std::string text;  // said once, with the way out; empty: only marked
    std::vector<std::string> kinds;       // the dispute type must be one of these; empty: any
    std::vector<std::string> other_body;  // where it is already handled must be one of these; empty: any
    bool has_phrases = false;
};

// What is known of the dispute so far; empty: not yet.
struct eligibility_facts {
    std::string_view told;  // the story and the requests
    std::string_view kind;
    std::string_view other_body;
};

class eligibility {
public:
    // Throws flow_error (engine.hpp) with all faults of the table.
    eligibility(std::string_view path, std::string_view yaml);

    // The rules that speak, in the table's order. Never throws.
    std::vector<const eligibility_rule*> judge(const eligibility_facts& facts) const;
    const std::vector<eligibility_rule>& all() const { return rules_; }

private:
    struct index;
    std::vector<eligibility_rule> rules_;
    std::shared_ptr<const index> index_;
};

}  // namespace dialogs
