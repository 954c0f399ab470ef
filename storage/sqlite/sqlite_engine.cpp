#include "storage/sql/engines.hpp"

#include "storage/sqlite/wal_keeper.hpp"

#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <thread>
#include <unordered_map>
#include <utility>

namespace storage::sql {
namespace {

struct close_file {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
struct end_statement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using file_ptr = std::unique_ptr<sqlite3, close_file>;
using statement_ptr = std::unique_ptr<sqlite3_stmt, end_statement>;

// For the lock of another writer.
constexpr std::chrono::milliseconds patience{2'000};

// SQLite's messages name tables and columns, never values.
[[noreturn]] void fail(sqlite3* db, bool at_commit = false)
{
    const int code = sqlite3_extended_errcode(db);
    throw failure(sort_sqlite_error(code, at_commit), code, sqlite3_errmsg(db));
}

class sqlite_statement final : public statement {
public:
    sqlite_statement(sqlite3* db, std::string_view text, bool& lost) : db_(db), lost_(lost)
    {
        sqlite3_stmt* made = nullptr;
        const auto size = static_cast<int>(text.size());
        if (sqlite3_prepare_v3(db, text.data(), size, SQLITE_PREPARE_PERSISTENT, &made, nullptr) != SQLITE_OK)
            fail(db);
        statement_.reset(made);
    }

    void bind(int at, std::int64_t value) override { check(sqlite3_bind_int64(get(), at + 1, value)); }
    void bind_null(int at) override { check(sqlite3_bind_null(get(), at + 1)); }

    void bind_bytes(int at, std::string_view value) override
    {
        // A null pointer would bind NULL instead of the empty value.
        const char* data = value.data() ? value.data() : "";
        check(sqlite3_bind_blob64(get(), at + 1, data, value.size(), SQLITE_STATIC));
    }

    void bind_text(int at, std::string_view value) override
    {
        const char* data = value.data() ? value.data() : "";
        check(sqlite3_bind_text64(get(), at + 1, data, value.size(), SQLITE_STATIC, SQLITE_UTF8));
    }

    std::int64_t execute() override { return run(false); }

    std::int64_t run(bool at_commit)
    {
        if (sqlite3_step(get()) != SQLITE_DONE) give_up(at_commit);
        end();
        return sqlite3_changes64(db_);
    }

    void query() override { reading_ = true; }

    bool next() override
    {
        if (!reading_) return false;
        const int code = sqlite3_step(get());
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) give_up(false);
        end();
        return false;
    }

    std::int64_t integer(int column) override { return sqlite3_column_int64(get(), column); }

    std::string bytes(int column) override
    {
        const auto* data = static_cast<const char*>(sqlite3_column_blob(get(), column));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(get(), column));
        return data ? std::string(data, size) : std::string();
    }

    bool is_null(int column) override { return sqlite3_column_type(get(), column) == SQLITE_NULL; }

    // Lets go of the snapshot and of the bound pointers.
    void end()
    {
        sqlite3_reset(get());
        sqlite3_clear_bindings(get());
        reading_ = false;
    }

    bool is_reading() const { return reading_; }

private:
    sqlite3_stmt* get() const { return statement_.get(); }
    void check(int code)
    {
        if (code != SQLITE_OK) fail(db_);
    }
    [[noreturn]] void give_up(bool at_commit)
    {
        const int code = sqlite3_extended_errcode(db_);
        const failure why(sort_sqlite_error(code, at_commit), code, sqlite3_errmsg(db_));
        end();
        if (why.kind() == fault::elsewhere || why.kind() == fault::unknown) lost_ = true;
        throw why;
    }

    sqlite3* db_;
    bool& lost_;  // the connection's: open the file anew before the next use
    statement_ptr statement_;
    bool reading_ = false;
};

class sqlite_connection final : public connection {
public:
    sqlite_connection(std::string path, std::shared_ptr<wal_keeper> keeper)
        : path_(std::move(path)), keeper_(std::move(keeper))
    {
    }

    ~sqlite_connection() override
    {
        statements_.clear();
        file_.reset();
        end_write();
    }

    statement& prepare(std::string_view text) override { return prepared(text); }

    void execute(std::string_view text) override
    {
        if (text == begin_write()) return begin();
        if (text == "COMMIT") {
            prepared(text).run(true);
            return end_write();
        }
        if (text == "ROLLBACK") return roll_back();
        prepared(text).run(false);
        statements_.erase(std::string(text));  // DDL is not run twice
    }

    std::string_view begin_write() const override { return "BEGIN IMMEDIATE"; }

    bot::result<void> ensure_open() override
    {
        if (file_ && !lost_) return {};
        statements_.clear();
        file_.reset();
        end_write();
        try {
            open_file();
            lost_ = false;
            return {};
        } catch (const failure&) {
            file_.reset();
            return bot::errc::storage_down;
        }
    }

    void end_reads() override
    {
        for (auto& [text, each] : statements_)
            if (each->is_reading()) each->end();
    }

    std::string_view engine() const override { return "sqlite"; }

private:
    void begin()
    {
        sqlite_statement& begins = prepared(begin_write());
        if (!writing_ && !keeper_->begin_write(patience))
            throw failure(fault::again, SQLITE_BUSY, "another transaction of this process writes");
        writing_ = true;
        try {
            begins.run(false);
        } catch (...) {
            end_write();
            throw;
        }
    }

    void roll_back()
    {
        end_reads();
        // SQLite has rolled back by itself after some errors (disk full).
        if (file_ && !sqlite3_get_autocommit(file_.get())) prepared("ROLLBACK").run(false);
        end_write();
    }

    void end_write()
    {
        if (std::exchange(writing_, false)) keeper_->end_write();
    }

    sqlite_statement& prepared(std::string_view text)
    {
        if (!file_) throw failure(fault::elsewhere, SQLITE_CANTOPEN, "the database is not open");
        if (const auto found = statements_.find(text); found != statements_.end()) {
            if (found->second->is_reading()) found->second->end();
            return *found->second;
        }
        auto made = std::make_unique<sqlite_statement>(file_.get(), text, lost_);
        return *statements_.emplace(std::string(text), std::move(made)).first->second;
    }

    void pragma(const char* text)
    {
        if (sqlite3_exec(file_.get(), text, nullptr, nullptr, nullptr) != SQLITE_OK) fail(file_.get());
    }

    // Changing the mode of a new file does not wait for others that do the same: try again for two seconds.
    void switch_to_wal()
    {
        for (int left = 200;; --left) {
            try {
                return pragma("PRAGMA journal_mode=WAL");
            } catch (const failure& why) {
                if (why.kind() != fault::again || left == 0) throw;
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            }
        }
    }

    void open_file();

    struct text_hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    std::string path_;
    std::shared_ptr<wal_keeper> keeper_;
    file_ptr file_;
    std::unordered_map<std::string, std::unique_ptr<sqlite_statement>, text_hash, std::equal_to<>>
        statements_;
    bool lost_ = false;
    bool writing_ = false;  // has the keeper's turn to write
};

int after_commit(void* keeper, sqlite3*, const char*, int pages)
{
    static_cast<wal_keeper*>(keeper)->committed(pages);
    return SQLITE_OK;
}

void sqlite_connection::open_file()
{
    const auto folder = std::filesystem::path(path_).parent_path();
    std::error_code ignored;  // opening the file says what is wrong
    if (!folder.empty()) std::filesystem::create_directories(folder, ignored);

    sqlite3* made = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(path_.c_str(), &made, flags, nullptr);
    file_.reset(made);
    if (code != SQLITE_OK) fail(made);
    sqlite3_extended_result_codes(made, 1);
    sqlite3_busy_timeout(made, static_cast<int>(patience.count()));
    switch_to_wal();
    pragma("PRAGMA synchronous=FULL");  // an answered turn survives a power cut
    pragma("PRAGMA cache_size=-8192");  // at most 8 MiB a connection
    pragma("PRAGMA journal_size_limit=33554432");
    sqlite3_wal_hook(made, after_commit, keeper_.get());  // also switches SQLite's own checkpoints off
}

class sqlite_database final : public database {
public:
    explicit sqlite_database(std::string path)
        : path_(std::move(path)), keeper_(std::make_shared<wal_keeper>(path_))
    {
    }

    bot::result<std::unique_ptr<connection>> connect() override
    {
        auto made = std::make_unique<sqlite_connection>(path_, keeper_);
        if (auto ready = made->ensure_open(); !ready) return ready.error();
        return std::unique_ptr<connection>(std::move(made));
    }

    std::string_view engine() const override { return "sqlite"; }

private:
    std::string path_;
    std::shared_ptr<wal_keeper> keeper_;
};

}  // namespace

std::unique_ptr<database> open_sqlite(std::string path)
{
    return std::make_unique<sqlite_database>(std::move(path));
}

}  // namespace storage::sql
