#include "dialogs/knowledge/article_number.hpp"
#include "dialogs/knowledge/law_rows.hpp"

#include <algorithm>
#include <array>

namespace dialogs {

namespace {

constexpr std::size_t deepest_heading = 6;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view wide_space = "\u3000";
    for (;;) {
        if (!text.empty() && std::string_view(" \t\r").find(text.front()) != std::string_view::npos)
            text.remove_prefix(1);
        else if (text.starts_with(wide_space))
            text.remove_prefix(wide_space.size());
        else if (!text.empty() && std::string_view(" \t\r").find(text.back()) != std::string_view::npos)
            text.remove_suffix(1);
        else
            return text;
    }
}

// "**第三条**　…" or "第三条 …": the article's name; empty for another paragraph, also for "第三条规定的…".
std::string_view article_name(std::string_view paragraph)
{
    constexpr std::string_view first = "第";
    constexpr std::string_view last = "条";
    if (!paragraph.starts_with(first))
        return {};
    const auto unit = paragraph.find(last);
    const auto number = parse_article_number(paragraph.substr(0, unit == std::string_view::npos ? 0 : unit + last.size()));
    if (!number)
        return {};
    const auto space = paragraph.find_first_of(" \t*");
    const auto wide = paragraph.find("\u3000");
    const auto end = std::min({space, wide, paragraph.size()});
    // Nothing but "之二" may stand between the unit and the space.
    return end <= unit + last.size() + 4 * last.size() ? paragraph.substr(0, end) : std::string_view{};
}

class markdown_reader {
public:
    explicit markdown_reader(std::string_view source) : source_(source) {}

    void line(std::string_view raw)
    {
        const auto text = trimmed(raw);
        if (text.empty() || text.starts_with("<!--"))
            return;
        if (text.front() == '#')
            heading(text);
        else
            paragraph(text);
    }

    read_rows finish()
    {
        if (title_.empty())
            out_.faults.emplace_back("line 1: no heading with the law's title");
        else if (out_.rows.empty())
            out_.faults.emplace_back("line 1: no article");
        for (auto& row : out_.rows)
            row.date = date_;
        return std::move(out_);
    }

private:
    void heading(std::string_view text)
    {
        const auto level = std::min(text.find_first_not_of('#'), text.size());
        const auto words = trimmed(text.substr(level));
        if (level == 1 && title_.empty()) {
            title_ = words;
            return;
        }
        const auto depth = std::min(level, deepest_heading);
        path_[depth - 1] = words;
        for (auto deeper = depth; deeper < deepest_heading; ++deeper)
            path_[deeper].clear();
    }

    void paragraph(std::string_view text)
    {
        if (text.starts_with("**"))
            text.remove_prefix(2);
        const auto name = article_name(text);
        if (!name.empty() && !title_.empty()) {
            auto rest = text.substr(name.size());
            rest.remove_prefix(std::min(rest.find_first_not_of('*'), rest.size()));
            open(name, trimmed(rest));
        } else if (!out_.rows.empty()) {
            auto& before = out_.rows.back().text;
            before += (before.empty() ? "" : "\n") + std::string(text);
        } else if (const auto date = read_version_date(text)) {
            date_ = date;
        }
    }

    void open(std::string_view name, std::string_view text)
    {
        law_row row;
        row.law = short_law_name(title_);
        row.title = title_;
        row.article = name;
        for (const auto& part : path_)
            if (!part.empty())
                row.path += (row.path.empty() ? "" : " ") + part;
        row.text = text;
        row.source = source_;
        out_.rows.push_back(std::move(row));
    }

    std::string source_;
    std::string title_;
    std::array<std::string, deepest_heading> path_;
    std::optional<cases::date> date_;
    read_rows out_;
};

}  // namespace

read_rows read_law_markdown(std::string_view markdown, std::string_view source)
{
    markdown_reader reader(source);
    while (!markdown.empty()) {
        const auto end = markdown.find('\n');
        reader.line(markdown.substr(0, end));
        markdown.remove_prefix(end == std::string_view::npos ? markdown.size() : end + 1);
    }
    return reader.finish();
}

}  // namespace dialogs
