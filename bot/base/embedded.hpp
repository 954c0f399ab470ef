#pragma once
// Files of the tree that the build put into the binary (cmake/embed.cmake).

#include <span>
#include <string_view>

namespace bot {

struct embedded_file {
    std::string_view path;     // relative to the embedded folder, with '/'
    std::string_view content;  // lives as long as the process
};

}  // namespace bot
