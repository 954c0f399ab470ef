#pragma once
// Answered questions as they come: JSON lines with a question and what answered it.
//
//   question: "question", "q", "query" or "text"
//   answer:   "answer" or "a", may be missing
//   articles: "gold" (ids of imported rows), "names" or "laws" (texts that name articles: "民法典第五十四条"), or "law" and
//             "article"; may be missing. "laws" counts as a hint, since such lists are made by machines.

#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

struct consultation {
    std::string id;  // "qid" or "id"
    std::string question;
    std::string answer;
    std::vector<std::string> article_ids;
    std::vector<std::string> article_names;
    bool hint = false;      // its articles are a machine's guess
    std::string style;      // "question", "scenario" or empty
};

struct read_consultations {
    std::vector<consultation> rows;
    std::vector<std::string> faults;  // "line 12: what is wrong"
};

read_consultations read_consultation_lines(std::string_view json_lines);

}  // namespace dialogs
