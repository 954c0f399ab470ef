#pragma once
// A few laws of the tests' own, in a folder of their own that goes with the object.

#include "dialogs/knowledge/law_editions.hpp"
#include "dialogs/knowledge/law_rows.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace small_library {

constexpr cases::date on(int year, unsigned month, unsigned day)
{
    return cases::date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
}

dialogs::law_row row(std::string id, std::string title, std::string article, std::string text, std::string date = "");

// Two editions of a law, one that repeals another, one with inserted articles, one whose name holds another's.
std::vector<dialogs::law_row> rows();

class folder {
public:
    folder();
    ~folder();
    folder(const folder&) = delete;

    const std::string& path() const { return path_; }
    void write(std::string_view name, std::string_view bytes) const;
    std::string read(std::string_view name) const;

private:
    std::string path_;
};

// laws.index of rows(), in the folder, with the vectors of the build's encoder if it has one.
void write_laws(const folder& into);

}  // namespace small_library
