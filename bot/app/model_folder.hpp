#pragma once
// Versions of trained models in a folder (models.hpp says how it looks). One writer at a time; readers see the old version
// or the new one.

#include "dialogs/understanding/trained_understanding.hpp"

#include <string>

namespace bot::app {

class model_folder {
public:
    explicit model_folder(std::string path) : path_(std::move(path)) {}

    // The version in use, "" when there is none.
    std::string current() const;
    dialogs::model_files read() const;
    // Copies the current version, with these files in place of its own, and makes it current; gives its name.
    std::string install(const dialogs::model_files& files, const std::string& record) const;
    // The version before is current again; gives its name. Throws std::runtime_error when there is none.
    std::string roll_back() const;

private:
    void point_at(const std::string& version) const;
    void remember(const std::string& record) const;

    std::string path_;
};

}  // namespace bot::app
