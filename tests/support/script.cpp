#include "tests/support/script.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace test {

namespace {

std::string_view trim(std::string_view text)
{
    constexpr std::string_view blank = " \t\r";
    const auto first = text.find_first_not_of(blank);
    return first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(blank) - first + 1);
}

// As effect_fields names them.
bool known_effect(std::string_view name)
{
    constexpr std::string_view names[] = {
        "complaint", "material", "appointment", "cancel_appointment", "withdraw", "reopen", "supplement", "rate", "invitation", "consent",
        "consent_withdrawn", "data_request", "psych", "screening", "later", "call_off", "person", "owner"};
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

class parser {
public:
    parser(std::string_view name, std::string_view content) : name_(name), content_(content) {}

    script parse()
    {
        out_.name = name_;
        while (!content_.empty()) {
            const auto end = content_.find('\n');
            ++line_;
            read(trim(content_.substr(0, end)));
            content_.remove_prefix(end == std::string_view::npos ? content_.size() : end + 1);
        }
        if (out_.turns.empty())
            fail("the script says nothing");
        if (!world_.empty())
            fail("a change of the world at the end has no turn");
        if (!moves_.empty())
            fail("a clock move at the end has no turn");
        return std::move(out_);
    }

private:
    [[noreturn]] void fail(const std::string& what) const
    {
        throw std::invalid_argument(std::string(name_) + ":" + std::to_string(line_) + ": " + what);
    }

    void read(std::string_view line)
    {
        if (line.empty() || line.front() == '#')
            return;
        const auto rest = trim(line.substr(1));
        switch (line.front()) {
        case '>':
            out_.turns.push_back({.line = line_, .who = who_, .world = std::move(world_), .before = std::move(moves_), .says = heard(rest)});
            moves_.clear();
            world_.clear();
            return;
        case '+':
        case '-':
            return change(line.front() == '-', rest);
        case '@':
            moves_.push_back(clock(rest));
            return;
        case '<':
            if (rest == "(无)")
                turn().silent = true;
            else
                turn().expects.emplace_back(rest);
            return;
        case '!':
            turn().avoids.emplace_back(rest);
            return;
        case '~':
            who_ = rest;
            return;
        case '=':
            return effect(rest);
        default:
            fail("a line begins with # > < ! ~ @ = + or -");
        }
    }

    script_turn& turn()
    {
        if (out_.turns.empty())
            fail("an expectation before the first turn");
        return out_.turns.back();
    }

    std::variant<dialogs::said, tap> heard(std::string_view text) const
    {
        if (!text.starts_with('[') || !text.ends_with(']'))
            return dialogs::said(dialogs::said_text{std::string(text), {}});
        text = text.substr(1, text.size() - 2);
        const auto space = text.find(' ');
        const auto kind = text.substr(0, space);
        const std::string rest(space == std::string_view::npos ? "" : trim(text.substr(space)));
        if (kind == "点")
            return tap{rest};
        if (kind == "图片")
            return dialogs::said(dialogs::sent_picture{rest, {}});
        if (kind == "语音")
            return dialogs::said(dialogs::sent_voice{"voice-" + std::to_string(line_), rest});
        if (kind == "视频")
            return dialogs::said(dialogs::sent_video{rest});
        if (kind == "文件")
            return dialogs::said(dialogs::sent_file{rest, "file-" + std::to_string(line_)});
        if (kind == "链接")
            return dialogs::said(dialogs::sent_link{rest, "https://example.org/"});
        if (kind == "位置")
            return location(rest);
        if (kind == "关注")
            return dialogs::said(dialogs::followed{rest});
        if (kind == "取消关注")
            return dialogs::said(dialogs::unfollowed{});
        if (kind == "扫码")
            return dialogs::said(dialogs::scanned{rest});
        if (kind == "菜单")
            return dialogs::said(dialogs::tapped_menu{rest});
        if (kind == "通知")
            return dialogs::said(dialogs::noticed{rest});
        if (kind == "接管")
            return dialogs::said(dialogs::owner_changed{dialogs::owner::person, rest, "taken"});
        if (kind == "交回")
            return dialogs::said(dialogs::owner_changed{dialogs::owner::bot, {}, rest});
        if (kind == "工作人员")
            return dialogs::said(dialogs::staff_said{"staff", rest});
        fail("unknown kind of message '" + std::string(kind) + "'");
    }

    // "28.01,120.65 label"
    dialogs::said location(std::string_view text) const
    {
        const auto comma = text.find(',');
        if (comma == std::string_view::npos)
            fail("a location is latitude,longitude label");
        const auto space = text.find(' ', comma);
        dialogs::sent_location at;
        at.latitude = number(text.substr(0, comma));
        at.longitude = number(text.substr(comma + 1, space == std::string_view::npos ? space : space - comma - 1));
        if (space != std::string_view::npos)
            at.label = trim(text.substr(space));
        return at;
    }

    double number(std::string_view digits) const
    {
        double out = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), out);
        if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size())
            fail("'" + std::string(digits) + "' is not a number");
        return out;
    }

    clock_move clock(std::string_view text) const
    {
        if (!text.starts_with('+'))
            return {moment(text), {}};
        text.remove_prefix(1);
        const auto unit_at = text.find_first_not_of("0123456789");
        if (unit_at == std::string_view::npos || unit_at == 0)
            fail("a shift is +number and 分钟, 小时 or 天");
        const auto count = static_cast<long>(number(text.substr(0, unit_at)));
        const auto unit = trim(text.substr(unit_at));
        if (unit == "分钟")
            return {std::nullopt, std::chrono::minutes(count)};
        if (unit == "小时")
            return {std::nullopt, std::chrono::hours(count)};
        if (unit == "天")
            return {std::nullopt, std::chrono::hours(24 * count)};
        fail("unknown unit '" + std::string(unit) + "'");
    }

    bot::instant moment(std::string_view text) const
    {
        try {
            return read_moment(text);
        } catch (const std::invalid_argument& e) {
            fail(e.what());
        }
    }

    // "case key=value …" and so on
    void change(bool away, std::string_view text)
    {
        const auto space = text.find(' ');
        const auto what = text.substr(0, space);
        constexpr std::string_view known[] = {"case", "slot", "service", "invitation", "law"};
        if (std::find(std::begin(known), std::end(known), what) == std::end(known))
            fail("the world outside holds cases, slots, services, invitations and laws");
        if (away && what != "slot")
            fail("only slots are taken away");
        given change{(away ? "-" : "") + std::string(what), fields(space == std::string_view::npos ? "" : trim(text.substr(space)))};
        (what == "law" ? out_.laws : world_).push_back(std::move(change));
    }

    // "case key=value …" (a value goes on to the next " key=") or "crisis C3"
    void effect(std::string_view text)
    {
        const auto space = text.find(' ');
        const auto kind = text.substr(0, space);
        const auto rest = space == std::string_view::npos ? std::string_view{} : trim(text.substr(space));
        if (kind == "crisis") {
            turn().crises.emplace_back(rest);
        } else if (kind == "case") {
            turn().cases.push_back({fields(rest)});
        } else if (known_effect(kind)) {
            turn().effects.push_back({std::string(kind), fields(rest)});
        } else {
            fail("unknown effect '" + std::string(kind) + "'");
        }
    }

    std::map<std::string, std::string> fields(std::string_view text) const
    {
        std::map<std::string, std::string> out;
        std::istringstream words{std::string(text)};
        std::string word, key;
        while (words >> word) {
            const auto sign = word.find('=');
            const bool names = sign != std::string::npos && std::all_of(word.begin(), word.begin() + static_cast<long>(sign), [](char c) {
                return (c >= 'a' && c <= 'z') || c == '_';
            });
            if (names && sign > 0) {
                key = word.substr(0, sign);
                out[key] = word.substr(sign + 1);
            } else if (key.empty()) {
                fail("a field is key=value");
            } else {
                out[key] += " " + word;
            }
        }
        return out;
    }

    std::string_view name_, content_;
    std::string who_;
    int line_ = 0;
    std::vector<clock_move> moves_;
    std::vector<given> world_;
    script out_;
};

}  // namespace

bot::instant read_moment(std::string_view text)
{
    int y = 0, mo = 0, d = 0, h = 0, mi = 0;
    const std::string copy(text);
    if (std::sscanf(copy.c_str(), "%d-%d-%d %d:%d", &y, &mo, &d, &h, &mi) != 5)
        throw std::invalid_argument("a time is year-month-day hour:minute");
    const std::chrono::year_month_day day{
        std::chrono::year(y), std::chrono::month(static_cast<unsigned>(mo)), std::chrono::day(static_cast<unsigned>(d))
    };
    if (!day.ok() || h > 23 || mi > 59)
        throw std::invalid_argument("there is no such time");
    return std::chrono::sys_days(day) + std::chrono::hours(h) + std::chrono::minutes(mi) - bot::china_offset;
}

script parse_script(std::string_view name, std::string_view content) { return parser(name, content).parse(); }

std::vector<script> read_scripts(const std::string& folder)
{
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".txt")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<script> out;
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        const std::string content{std::istreambuf_iterator<char>(in), {}};
        out.push_back(parse_script(file.stem().string(), content));
    }
    return out;
}

std::optional<std::string> first_missing(std::string_view text, const std::vector<std::string>& pieces)
{
    constexpr std::string_view gap = "…";
    for (const auto& piece : pieces) {
        std::string_view rest = piece;
        while (!rest.empty()) {
            const auto end = rest.find(gap);
            const auto part = trim(rest.substr(0, end));
            const auto at = text.find(part);
            if (at == std::string_view::npos)
                return piece;
            text.remove_prefix(at + part.size());
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + gap.size());
        }
    }
    return std::nullopt;
}

std::optional<std::string> first_unwanted(std::string_view text, const std::vector<std::string>& pieces)
{
    for (const auto& piece : pieces)
        if (!first_missing(text, {piece}))
            return piece;
    return std::nullopt;
}

}  // namespace test
