#pragma once
// A file as memory, read only. A file that is replaced by renaming stays readable until this is destroyed.

#include "bot/base/error.hpp"

#include <string>
#include <string_view>

namespace dialogs {

class mapped_file {
public:
    // not_found: no such file, or it may not be read.
    static bot::result<mapped_file> open(const std::string& path);

    mapped_file(mapped_file&& other) noexcept;
    mapped_file& operator=(mapped_file&& other) noexcept;
    ~mapped_file();

    std::string_view bytes() const { return bytes_; }
    // Lets the system take back what was only read to check it.
    void forget_pages() const;

private:
    explicit mapped_file(std::string_view bytes) : bytes_(bytes) {}
    std::string_view bytes_;
};

}  // namespace dialogs
