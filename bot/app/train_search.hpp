#pragma once
// `hejie train --task encoder|ranker|search`: the models of the statute search.

#include "cases/calendar.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace bot::app {

struct search_train_options {
    std::string task;                // encoder, ranker, or search for both
    std::vector<std::string> data;   // answered questions, as `hejie import consultations` reads them
    std::string index;               // folder with the imported laws
    std::string out;                 // a file .bin for one model, a folder for both
    cases::date asof;                // the laws that hold on this day are learnt from
    std::uint64_t seed = 1;
};

bool is_search_task(const std::string& task);
// Throws std::runtime_error for what cannot be read or written.
int train_search(const search_train_options& options, std::ostream& out);

}  // namespace bot::app
