#pragma once
// A self-signed certificate made on the spot.

#include <filesystem>
#include <string>

namespace bot::test {

// Files in a folder of their own, removed at the end.
class certificate {
public:
    certificate();
    ~certificate();
    certificate(const certificate&) = delete;

    std::string certificate_file() const { return folder_ / "certificate.pem"; }
    std::string key_file() const { return folder_ / "key.pem"; }

private:
    std::filesystem::path folder_;
};

}  // namespace bot::test
