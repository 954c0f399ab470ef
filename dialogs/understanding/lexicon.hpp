#pragma once
// Tables a clerk edits, read from dialogs/lexicon/*.yaml: dispute categories with the phrases people use for them, the
// district's streets and towns, holidays. Faults are reported as "file:line: what is wrong" by flow_error (engine.hpp).

#include "cases/calendar.hpp"
#include "cases/jurisdiction.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

struct dispute_category {
    std::string id;        // cases/dispute_type.hpp
    std::string name;      // Chinese, as printed
    std::vector<std::string> phrases;
    std::string evidence_hint;  // what to keep and send, one sentence
    std::string route_note;     // clock or other door to mention, may be empty
};

struct type_guess {
    std::string id;
    double score = 0;  // higher is likelier; comparable within one text only
};

class dispute_lexicon {
public:
    dispute_lexicon(std::string_view path, std::string_view yaml);

    // Best first; empty when no phrase is found. Longer phrases weigh more.
    std::vector<type_guess> guess(std::string_view text) const;
    const dispute_category* find(std::string_view id) const;
    const std::vector<dispute_category>& all() const { return categories_; }  // national order

private:
    struct index;
    std::vector<dispute_category> categories_;
    std::shared_ptr<const index> index_;
};

cases::jurisdiction read_jurisdiction(std::string_view path, std::string_view yaml);
cases::calendar read_calendar(std::string_view path, std::string_view yaml);

}  // namespace dialogs
