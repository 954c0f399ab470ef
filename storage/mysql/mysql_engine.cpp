#include "storage/sql/engines.hpp"

#include "bot/base/log.hpp"

#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>

#include <unordered_map>

namespace storage::sql {
namespace {

namespace driver = ::sql;

// Seconds for connecting, reading and writing. A stalled server costs this much and then the connection.
constexpr int time_out_s = 2;

driver::Driver& the_driver()
{
    static driver::Driver* const instance = get_driver_instance();
    return *instance;
}

// The client library keeps per-thread data: made on a thread's first use of a connection, given back when it
// ends.
class thread_membership {
public:
    thread_membership() { the_driver().threadInit(); }
    ~thread_membership() { the_driver().threadEnd(); }
};

void join_thread()
{
    thread_local const thread_membership here;
}

driver::SQLString text_of(std::string_view text)
{
    return driver::SQLString(text.data() ? text.data() : "", text.size());
}

// The server's message may quote values or the user's name, so only the number and our own SQL (which has
// parameters, never values) are kept.
failure describe(const driver::SQLException& error, std::string_view text, bool at_commit)
{
    const int code = error.getErrorCode();
    std::string what = "error " + std::to_string(code) + " (" + error.getSQLStateCStr() + ") in: ";
    what += text.substr(0, 160);
    return failure(sort_mysql_error(code, at_commit), code, std::move(what));
}

class mysql_statement final : public statement {
public:
    mysql_statement(driver::Connection& link, std::string_view text, bool& lost)
        : text_(text), lost_(lost), statement_(link.prepareStatement(text_of(text)))
    {
    }

    void bind(int at, std::int64_t value) override
    {
        guarded([&] { statement_->setInt64(static_cast<unsigned>(at + 1), value); });
    }
    // Not setBlob: it sends every value in a packet of its own. Strings go with the row, and a binary column
    // takes their bytes as they are.
    void bind_bytes(int at, std::string_view value) override
    {
        guarded([&] { statement_->setString(static_cast<unsigned>(at + 1), text_of(value)); });
    }
    void bind_text(int at, std::string_view value) override { bind_bytes(at, value); }
    void bind_null(int at) override
    {
        guarded([&] { statement_->setNull(static_cast<unsigned>(at + 1), 0); });
    }

    std::int64_t execute() override
    {
        join_thread();
        std::int64_t rows = 0;
        guarded([&] { rows = statement_->executeUpdate(); });
        return rows;
    }

    void query() override
    {
        join_thread();
        rows_.reset();
        guarded([&] { rows_.reset(statement_->executeQuery()); });
    }

    bool next() override
    {
        bool more = false;
        if (rows_) guarded([&] { more = rows_->next(); });
        if (!more) rows_.reset();
        return more;
    }

    std::int64_t integer(int column) override
    {
        std::int64_t value = 0;
        guarded([&] { value = rows_->getInt64(static_cast<unsigned>(column + 1)); });
        return value;
    }

    std::string bytes(int column) override
    {
        std::string value;
        guarded([&] { value = rows_->getString(static_cast<unsigned>(column + 1)).asStdString(); });
        return value;
    }

    bool is_null(int column) override
    {
        bool null = false;
        guarded([&] { null = rows_->isNull(static_cast<unsigned>(column + 1)); });
        return null;
    }

    void end() { rows_.reset(); }

private:
    template <class Call>
    void guarded(Call call)
    {
        try {
            call();
        } catch (const driver::SQLException& error) {
            rows_.reset();
            if (ends_mysql_connection(error.getErrorCode())) lost_ = true;
            throw describe(error, text_, false);
        }
    }

    std::string text_;
    bool& lost_;  // the connection's
    std::unique_ptr<driver::PreparedStatement> statement_;
    std::unique_ptr<driver::ResultSet> rows_;
};

class mysql_connection final : public connection {
public:
    explicit mysql_connection(std::shared_ptr<const mysql_settings> settings) : settings_(std::move(settings))
    {
    }

    statement& prepare(std::string_view text) override
    {
        if (const auto found = statements_.find(text); found != statements_.end()) {
            found->second->end();
            return *found->second;
        }
        need_link(text);
        try {
            auto made = std::make_unique<mysql_statement>(*link_, text, lost_);
            return *statements_.emplace(std::string(text), std::move(made)).first->second;
        } catch (const driver::SQLException& error) {
            note(error);
            throw describe(error, text, false);
        }
    }

    void execute(std::string_view text) override
    {
        need_link(text);
        try {
            if (plain_->execute(text_of(text)))
                const std::unique_ptr<driver::ResultSet> unread(plain_->getResultSet());
        } catch (const driver::SQLException& error) {
            note(error);
            const failure why = describe(error, text, text == "COMMIT");
            // Whether a transaction is still open is not known then: only a new connection is clean.
            if (text == "ROLLBACK" || why.kind() == fault::unknown) lost_ = true;
            throw why;
        }
    }

    std::string_view begin_write() const override { return "BEGIN"; }

    bot::result<void> ensure_open() override
    {
        if (link_ && !lost_) return {};
        join_thread();
        statements_.clear();
        plain_.reset();
        link_.reset();
        try {
            open_link();
            lost_ = false;
            return {};
        } catch (const driver::SQLException& error) {
            bot::log::warn("storage.connect_failed", {{"code", std::int64_t{error.getErrorCode()}}});
            link_.reset();
            return bot::errc::storage_down;
        }
    }

    void end_reads() override
    {
        for (auto& [text, each] : statements_) each->end();
    }

    std::string_view engine() const override { return "mysql"; }

private:
    void need_link(std::string_view text)
    {
        join_thread();
        if (!link_)
            throw failure(fault::elsewhere, 2006, "no connection for: " + std::string(text.substr(0, 160)));
    }

    void note(const driver::SQLException& error)
    {
        if (ends_mysql_connection(error.getErrorCode())) lost_ = true;
    }

    void open_link();

    struct text_hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    std::shared_ptr<const mysql_settings> settings_;
    std::unique_ptr<driver::Connection> link_;
    std::unique_ptr<driver::Statement> plain_;
    std::unordered_map<std::string, std::unique_ptr<mysql_statement>, text_hash, std::equal_to<>> statements_;
    bool lost_ = false;
};

void mysql_connection::open_link()
{
    const mysql_settings& to = *settings_;
    driver::ConnectOptionsMap options;
    options["hostName"] = to.socket.empty()
                              ? driver::SQLString("tcp://" + to.host + ":" + std::to_string(to.port))
                              : driver::SQLString("unix://" + to.socket);
    options["userName"] = driver::SQLString(to.user);
    options["password"] = driver::SQLString(to.password);
    options["schema"] = driver::SQLString(to.schema);
    options["OPT_CONNECT_TIMEOUT"] = time_out_s;
    options["OPT_READ_TIMEOUT"] = time_out_s;
    options["OPT_WRITE_TIMEOUT"] = time_out_s;
    options["OPT_RECONNECT"] = false;  // a silent reconnect would lose the first half of a transaction
    options["OPT_CHARSET_NAME"] = driver::SQLString("utf8mb4");
    options["CLIENT_FOUND_ROWS"] = true;  // affected rows = matched rows, as on SQLite
    link_.reset(the_driver().connect(options));
    plain_.reset(link_->createStatement());
    plain_->execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
    plain_->execute("SET SESSION sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'");
    // Our parameters are bytes. Taken as utf8mb4, the server would walk through every character of every
    // ciphertext: a third of its time for a batch of turns. Text columns get the same bytes, checked when
    // they are stored.
    plain_->execute("SET SESSION character_set_client=binary");
    // Below our read time-out, so that a wait for a lock ends in 1205 and not in a lost connection.
    plain_->execute("SET SESSION innodb_lock_wait_timeout=1");
}

class mysql_database final : public database {
public:
    explicit mysql_database(mysql_settings settings)
        : settings_(std::make_shared<const mysql_settings>(std::move(settings)))
    {
    }

    bot::result<std::unique_ptr<connection>> connect() override
    {
        auto made = std::make_unique<mysql_connection>(settings_);
        if (auto ready = made->ensure_open(); !ready) return ready.error();
        return std::unique_ptr<connection>(std::move(made));
    }

    std::string_view engine() const override { return "mysql"; }

private:
    std::shared_ptr<const mysql_settings> settings_;
};

}  // namespace

std::unique_ptr<database> open_mysql(mysql_settings settings)
{
    return std::make_unique<mysql_database>(std::move(settings));
}

}  // namespace storage::sql
