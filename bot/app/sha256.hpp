#pragma once
// SHA-256 of data, as models and logs name it.

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace bot::app {

class sha256 {
public:
    sha256();
    void add(std::string_view bytes);
    // 64 hexadecimal digits. Nothing may be added afterwards.
    std::string hex();

    static std::string of(std::string_view bytes);

private:
    struct release {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, release> context_;
};

}  // namespace bot::app
