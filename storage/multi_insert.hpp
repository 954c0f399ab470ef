#pragma once
// INSERTs of many rows through few prepared statements. Over the network a statement costs a round trip, so
// rows are put together; inside SQLite it costs nothing, and one row a statement runs fastest
// (tests/bench/journal_bench.cpp).

#include "storage/sql/connection.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>

namespace storage {

class multi_insert {
public:
    // head: "INSERT INTO t (a, b)"; columns: how many.
    multi_insert(std::string head, int columns) : head_(std::move(head)), columns_(columns) {}

    // bind(statement, first parameter, row) binds one row; size_of(row) is about its bytes.
    template <class Bind, class Size>
    void run(sql::connection& db, std::size_t rows, Size size_of, Bind bind)
    {
        for (std::size_t from = 0; from < rows;) {
            const std::size_t count = db.engine() == "sqlite" ? 1 : portion(from, rows, size_of);
            sql::statement& statement = db.prepare(text_for(count));
            for (std::size_t i = 0; i < count; ++i) bind(statement, static_cast<int>(i) * columns_, from + i);
            statement.execute();
            from += count;
        }
    }

    template <class Bind>
    void run(sql::connection& db, std::size_t rows, Bind bind)
    {
        run(db, rows, [](std::size_t) { return std::size_t{0}; }, bind);
    }

private:
    static constexpr std::size_t most_rows = 64;
    // Well below the smallest max_allowed_packet in use (16 MiB).
    static constexpr std::size_t most_bytes = 4 * 1024 * 1024;

    // One statement for each number of rows up to 64: preparing is paid once, a second round trip each time.
    template <class Size>
    static std::size_t portion(std::size_t from, std::size_t rows, Size size_of)
    {
        std::size_t count = 0;
        std::size_t bytes = 0;
        while (from + count < rows && count < most_rows) {
            bytes += size_of(from + count);
            if (count > 0 && bytes > most_bytes) break;
            ++count;
        }
        return count;
    }

    const std::string& text_for(std::size_t count)
    {
        std::string& text = texts_[count];
        if (text.empty()) {
            std::string row = "(?";
            for (int i = 1; i < columns_; ++i) row += ",?";
            row += ")";
            text = head_ + " VALUES " + row;
            for (std::size_t i = 1; i < count; ++i) text += "," + row;
        }
        return text;
    }

    std::string head_;
    int columns_;
    std::map<std::size_t, std::string> texts_;
};

}  // namespace storage
