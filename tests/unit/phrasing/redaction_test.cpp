#include "dialogs/phrasing/redaction.hpp"

#include <gtest/gtest.h>

namespace {

using dialogs::redaction;

const dialogs::phrasing_table& table()
{
    static const auto made = dialogs::embedded_phrasing();
    return made;
}

struct row {
    const char* said;
    const char* hidden;
};

class hides : public testing::TestWithParam<row> {};

TEST_P(hides, what_tells_who_somebody_is_and_gives_it_back)
{
    const std::vector<std::string> names{"陈小明", "林秀英"};
    redaction one(table(), names);
    const auto sent = one.hide(GetParam().said);
    EXPECT_EQ(sent, GetParam().hidden);
    EXPECT_FALSE(one.leaks(sent)) << sent;
    EXPECT_EQ(one.restore(sent).value_or("-"), GetParam().said);
}

INSTANTIATE_TEST_SUITE_P(kinds, hides, testing::Values(
    row{"陈小明欠我三千五", "[当事人1]欠我三千五"},
    row{"陈小明说林秀英欠陈小明的钱", "[当事人1]说[当事人2]欠[当事人1]的钱"},
    row{"我叫周建国,房东不退押金", "我叫[当事人1],房东不退押金"},
    row{"电话13812345678打不通", "电话[号码1]打不通"},
    row{"电话138 1234 5678", "电话[号码1]"},
    row{"身份证330302199001011234", "身份证[号码1]"},
    row{"卡号6222 0212 3456 7890 123", "卡号[号码1]"},
    row{"住在公安路12号3幢501室", "住在公安路[地址1]"},
    row{"车牌浙ca1234x撞了我", "车牌[车牌1]撞了我"},
    row{"编号lc260305abcdefg办得怎么样", "编号[编号1]办得怎么样"},
    row{"民法典第1079条怎么说", "民法典第1079条怎么说"},
    row{"2026年3月5日借了35000元", "2026年3月5日借了35000元"}));

TEST(redaction, refuses_what_was_never_given)
{
    redaction one(table(), {});
    one.hide("电话13812345678");
    EXPECT_EQ(one.restore("请打[号码2]"), std::nullopt);
    EXPECT_TRUE(one.leaks("请打13812345678"));
    EXPECT_TRUE(one.leaks("请打05771234567"));
    EXPECT_FALSE(one.leaks("请打12348"));
}

TEST(redaction, takes_any_bytes)
{
    redaction one(table(), {});
    for (const auto* bytes : {"", "\xff\xfe", "\xe6", "[", "[号码", "1", "浙", "路", "路号"})
        EXPECT_NO_THROW(one.hide(bytes)) << bytes;
}

}  // namespace
