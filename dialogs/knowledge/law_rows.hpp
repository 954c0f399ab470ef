#pragma once
// Laws as they come: one row an article, from JSON lines or from Markdown.
//
// JSON lines: {"law": short name, "full": title, "art": "第三十八条", "text": …} and, where known, "id" (number or text),
// "path" (part, chapter, section), "date" ("YYYY-MM-DD": of the version). Other keys are passed over.
// Markdown: "# title", deeper headings are the path, a paragraph that begins with "第…条" (also in bold) opens an
// article, the others belong to the article before. The last date before the first article is the version's.

#include "cases/calendar.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dialogs {

struct law_row {
    std::string id;  // empty: the source has none
    std::string law;
    std::string title;
    std::string article;
    std::string path;
    std::string text;
    std::optional<cases::date> date;
    std::string source;
};

struct read_rows {
    std::vector<law_row> rows;
    std::vector<std::string> faults;  // "line 12: what is wrong"; such a line gives no row
};

read_rows read_law_lines(std::string_view json_lines, std::string_view source);
read_rows read_law_markdown(std::string_view markdown, std::string_view source);

// "中华人民共和国民法典" -> "民法典"; other titles stay as they are.
std::string short_law_name(std::string_view title);

// "2021-04-29", "2021年4月29日"; nullopt for anything else.
std::optional<cases::date> read_version_date(std::string_view text);

}  // namespace dialogs
