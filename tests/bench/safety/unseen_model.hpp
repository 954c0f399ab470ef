#pragma once
// What the screen's model says of texts that it was not trained on, so that table and model can be measured together.

#include <filesystem>
#include <map>
#include <string>

// By id of the measured text (measured_sets.hpp). The same rows as dialogs/models/build: openings, legal questions and own
// sentences each by a model that has not seen their fold of five; own sentences kept apart, and those of the ladders of
// violence, by a model of all the rest.
std::map<std::string, double> unseen_probabilities(const std::filesystem::path& source, const std::filesystem::path& data);
