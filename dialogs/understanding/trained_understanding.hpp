#pragma once
// The understanding with the trained models: those embedded in the binary (dialogs/models), or a deployment's own instead.

#include "dialogs/understanding/understanding.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dialogs {

class feature_reader;

// Bytes of model files that take the place of the embedded ones, by name: "dispute.bin", "vectors.bin" …
using model_files = std::map<std::string, std::string, std::less<>>;

// The models that must be there: vectors.bin, dispute.bin, section.bin, intent.bin, risk.bin, elements.bin.
// Throws broken_model (model_file.hpp) when one is missing or damaged, flow_error for a fault in a table.
std::unique_ptr<understanding> load_understanding(const model_files& instead = {});

// The same features for those who train: with the embedded tables and vectors, or the vectors in `instead`.
std::unique_ptr<feature_reader> load_features(const model_files& instead = {});

// The embedded bytes of a model, nullopt when the binary has none of that name.
std::optional<std::string_view> embedded_model(std::string_view name);

}  // namespace dialogs
