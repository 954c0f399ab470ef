#pragma once
// The data files of the conversations: those that the build embedded, or those of a folder that has the same shape
// ([dialogs] directory), so that texts can be changed without a build.

#include "dialogs/engine/engine.hpp"

#include <string>
#include <vector>

namespace bot::app {

// directory empty: the embedded ones. Else flows/, lexicon/ and the other sub-folders with *.yaml, in the order of their
// names. Throws configuration_error when the folder cannot be read or holds none.
std::vector<dialogs::source_file> read_data_files(const std::string& directory);

}  // namespace bot::app
