#pragma once
// The web front ends as the build put them into the binary: "simulator/index.html",
// "simulator/assets/index-….js". Without npm, or with BUILD_WEB=OFF, only pages that say how to build them.

#include "bot/base/embedded.hpp"

std::span<const bot::embedded_file> web_pages();
