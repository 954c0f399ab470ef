#include "tests/integration/test_site.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace testing_support {
namespace {

std::array<std::uint8_t, 32> random_master()
{
    std::array<std::uint8_t, 32> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("no random bytes");
    return bytes;
}

std::string base64(const std::array<std::uint8_t, 32>& bytes)
{
    unsigned char text[64];
    const int length = EVP_EncodeBlock(text, bytes.data(), static_cast<int>(bytes.size()));
    return std::string(reinterpret_cast<const char*>(text), static_cast<std::size_t>(length));
}

std::string fresh_name()
{
    static std::atomic<int> counter{0};
    return "hejie_it_" + std::to_string(::getpid()) + "_" + std::to_string(++counter);
}

const char* mysql_server()
{
    return std::getenv("HEJIE_TEST_MYSQL");
}

// The same URL with another database name.
std::string with_schema(const std::string& url, const std::string& schema)
{
    const auto host = url.find("://") + 3;
    const auto slash = url.find('/', host);
    const auto question = url.find('?', host);
    const std::string query = question == std::string::npos ? "" : url.substr(question);
    return url.substr(0, std::min(slash, question)) + "/" + schema + query;
}

bot::wechat::account test_account()
{
    bot::wechat::account account;
    account.name = "main";
    account.original_id = "gh_0123456789ab";
    account.app_id = "wx1234567890abcdef";
    account.app_secret = "not used";
    account.token = "token";
    account.aes_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    account.api_base = "http://127.0.0.1:1";
    return account;
}

}  // namespace

std::vector<engine> engines_here()
{
    if (mysql_server() == nullptr)
        return {engine::sqlite};
    return {engine::sqlite, engine::mysql};
}

std::string name_of(engine which)
{
    return which == engine::sqlite ? "sqlite" : "mysql";
}

test_site::test_site(engine which)
    : folder_(std::filesystem::temp_directory_path() / fresh_name()),
      account_(test_account()),
      master_(random_master()),
      keys_(master_)
{
    std::filesystem::create_directories(folder_);
    if (which == engine::sqlite) {
        url_ = "sqlite:" + (folder_ / "hejie.db").string();
    } else {
        admin_url_ = mysql_server();
        schema_ = fresh_name();
        storage::sql::open_database(admin_url_)->connect().value()->execute("CREATE DATABASE " + schema_);
        url_ = with_schema(admin_url_, schema_);
    }
    write_config();
}

test_site::~test_site()
{
    if (!schema_.empty())
        if (auto db = storage::sql::open_database(admin_url_)->connect(); db.has_value())
            (*db)->execute("DROP DATABASE " + schema_);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::unique_ptr<storage::sql::connection> test_site::connect() const
{
    return storage::sql::open_database(url_)->connect().value();
}

std::vector<std::string> test_site::serve_arguments(std::uint16_t port) const
{
    return {"serve", "--migrate", "--config", config_file(), "--listen", "127.0.0.1:" + std::to_string(port)};
}

void test_site::write_config() const
{
    std::ofstream out(config_file());
    out << "[database]\nurl = \"" << url_ << "\"\n"
        << "[keys]\nmaster = \"" << base64(master_) << "\"\n"
        << "[wechat.accounts.main]\n"
        << "original_id = \"" << account_.original_id << "\"\napp_id = \"" << account_.app_id << "\"\n"
        << "app_secret = \"" << account_.app_secret << "\"\ntoken = \"" << account_.token << "\"\n"
        << "aes_key = \"" << account_.aes_key << "\"\nmode = \"safe\"\napi_base = \"" << account_.api_base << "\"\n";
}

}  // namespace testing_support
