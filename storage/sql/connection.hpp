#pragma once
// One database connection, whichever the engine. SQL is kept to what both engines share, so that repositories are
// written once; what differs (types in CREATE TABLE) stands in storage/schema/<engine>/.
// Blocking, one thread at a time. Time-outs are the driver's (2 s connect, read and write).

#include "bot/base/error.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace storage::sql {

// How a statement ended, by what the caller may do about it (reliability reference §7).
enum class fault {
    again,      // deadlock, certification, busy: run the whole transaction again
    elsewhere,  // no connection, read-only or non-primary node: reconnect, then again
    unknown,    // the answer to COMMIT was lost: look up by the business key
    duplicate,  // a unique key exists
    never,      // repeating will not mend it
};

// Thrown by statements inside a transaction body; run() turns it into a result. Not seen outside storage/.
class failure : public std::exception {
public:
    failure(fault kind, int code, std::string text) : kind_(kind), code_(code), text_(std::move(text)) {}
    fault kind() const { return kind_; }
    int code() const { return code_; }  // the engine's own number
    const char* what() const noexcept override { return text_.c_str(); }

private:
    fault kind_;
    int code_;
    std::string text_;
};

// A prepared statement. Parameters count from 0, columns from 0. Bound bytes are not copied on every engine: they must
// live until the statement has run, and every run needs all parameters bound anew. All methods throw failure.
class statement {
public:
    virtual ~statement() = default;
    virtual void bind(int at, std::int64_t value) = 0;
    virtual void bind_bytes(int at, std::string_view value) = 0;  // for BLOB and BINARY columns
    virtual void bind_text(int at, std::string_view value) = 0;   // UTF-8, for TEXT and VARCHAR columns
    virtual void bind_null(int at) = 0;

    // For INSERT, UPDATE, DELETE: rows affected (matched rows on both engines).
    virtual std::int64_t execute() = 0;

    // For SELECT: query(), then next() until false; columns of the current row.
    virtual void query() = 0;
    virtual bool next() = 0;
    virtual std::int64_t integer(int column) = 0;
    virtual std::string bytes(int column) = 0;
    virtual bool is_null(int column) = 0;
};

class connection {
public:
    virtual ~connection() = default;

    // The same SQL text gives the same prepared statement, ready to be run from the start; after a reconnect statements are prepared anew, so do
    // not keep the reference beyond the transaction.
    virtual statement& prepare(std::string_view text) = 0;

    // Plain statements without parameters: BEGIN, COMMIT, ROLLBACK, DDL.
    virtual void execute(std::string_view text) = 0;

    // What starts a transaction that will write ("BEGIN IMMEDIATE" on SQLite).
    virtual std::string_view begin_write() const = 0;

    // Reconnects when the last fault was a lost connection. Errors: storage_down.
    virtual bot::result<void> ensure_open() = 0;

    // Ends SELECTs that were not read to their end, so that they hold no snapshot. run_query does it.
    virtual void end_reads() = 0;

    virtual std::string_view engine() const = 0;  // "sqlite" or "mysql"
};

// A place connections come from. Safe from any thread.
class database {
public:
    virtual ~database() = default;
    virtual bot::result<std::unique_ptr<connection>> connect() = 0;
    virtual std::string_view engine() const = 0;
};

// Runs body in a transaction: begin, body, COMMIT as a statement; the whole body again on fault::again and, when the
// connection was lost before COMMIT, after a reconnect, with back-off and jitter, until the attempts are used up.
//   duplicate -> errc::conflict; a COMMIT of unknown outcome -> errc::storage_down (the caller looks up by key);
//   never -> errc::storage_failed; attempts used up -> errc::storage_down.
// Anything that body throws besides failure rolls back and is thrown on.
bot::result<void> run_transaction(connection& db, const std::function<void()>& body, int attempts = 5);
// The same for reading only (no transaction, one attempt after a reconnect).
bot::result<void> run_query(connection& db, const std::function<void()>& body);

// URL: "sqlite:PATH" or "mysql://user:password@host:port/name" (also ?socket=PATH). Throws std::invalid_argument for a
// URL that cannot be read or an engine that was not built in. Does not connect yet.
std::unique_ptr<database> open_database(std::string_view url);

}  // namespace storage::sql
