#include "tests/unit/knowledge/small_library.hpp"

#include "dialogs/knowledge/law_index.hpp"
#include "dialogs/knowledge/library_files.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace small_library {

dialogs::law_row row(std::string id, std::string title, std::string article, std::string text, std::string date)
{
    dialogs::law_row out;
    out.id = std::move(id);
    out.title = std::move(title);
    out.law = dialogs::short_law_name(out.title);
    out.article = std::move(article);
    out.text = std::move(text);
    out.date = dialogs::read_version_date(date);
    out.source = "test";
    return out;
}

std::vector<dialogs::law_row> rows()
{
    const std::string wages = "中华人民共和国工钱法";
    const std::string fence = "中华人民共和国围墙法";
    const std::string fence_rules = "中华人民共和国围墙法实施条例";
    const std::string old_fence = "围墙暂行规定";
    return {
        row("10", wages, "第一条", "为了让干活的人按时拿到工钱，制定本法。", "2010-01-01"),
        row("11", wages, "第二条", "雇主应当每月发放工钱，不得拖欠。", "2010-01-01"),
        row("12", wages, "第二条之一", "雇主破产的，工钱先于其他债务支付。", "2010-01-01"),
        row("13", wages, "第三条", "本法自2010年3月1日起施行。", "2010-01-01"),
        row("", wages, "第一条", "为了让干活的人按时足额拿到工钱，制定本法。", "2024-05-01"),
        row("", wages, "第二条", "任何人不得因讨要工钱而被打骂。", "2024-05-01"),
        row("", wages, "第三条", "雇主应当每月发放工钱，不得拖欠，也不得以物抵工钱。", "2024-05-01"),
        row("", wages, "第四条", "本法自2025年1月1日起施行。", "2024-05-01"),
        row("20", fence, "第一条", "邻居之间的围墙高度不得超过两米。", "2015-06-01"),
        row("21", fence, "第三十八条", "围墙倒塌砸伤人的，由修建围墙的人赔偿。", "2015-06-01"),
        row("22", fence, "第一千零七十九条", "围墙挡住采光的，邻居可以要求拆低。", "2015-06-01"),
        row("23", fence, "第二千条", "本法自2015年9月1日起施行。《围墙暂行规定》同时废止。", "2015-06-01"),
        row("30", fence_rules, "第一条", "测量围墙高度从低的一侧地面起算。", "2016-01-01"),
        row("31", fence_rules, "第三十八条", "测量人员应当佩戴证件。", "2016-01-01"),
        row("40", old_fence, "第一条", "围墙高度由居民小组商定。", "1999-01-01"),
    };
}

folder::folder()
{
    std::string pattern = std::filesystem::temp_directory_path() / "hejie_laws_XXXXXX";
    if (!::mkdtemp(pattern.data()))
        throw std::runtime_error("no folder for the test");
    path_ = pattern;
}

folder::~folder()
{
    std::filesystem::remove_all(path_);
}

void folder::write(std::string_view name, std::string_view bytes) const
{
    std::ofstream(path_ + "/" + std::string(name), std::ios::binary) << bytes;
}

std::string folder::read(std::string_view name) const
{
    std::ifstream file(path_ + "/" + std::string(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write_laws(const folder& into)
{
    const auto bytes = dialogs::build_law_index(dialogs::arrange_editions(rows()));
    into.write(dialogs::laws_file_name, bytes);
    const auto laws = dialogs::law_index::open(dialogs::section_reader::open(bytes, dialogs::laws_form).value()).value();
    const auto found = dialogs::find_model(into.path(), dialogs::encoder_file_name);
    const auto model = dialogs::open_encoder(found.bytes).value();
    if (!model.empty())
        into.write(
            dialogs::vectors_file_name, dialogs::build_article_vectors(laws, model, dialogs::checksum(found.bytes))
        );
}

}  // namespace small_library
