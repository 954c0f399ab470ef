#pragma once
// The data files of this room as the build embedded them: "flows/….yaml" and "lexicon/….yaml".

#include "bot/base/embedded.hpp"

#include <span>

// Made by cmake/embed.cmake.
std::span<const bot::embedded_file> dialogs_data();
