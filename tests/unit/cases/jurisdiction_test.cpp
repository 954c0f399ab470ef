#include "cases/jurisdiction.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

cases::jurisdiction small_district()
{
    cases::jurisdiction where;
    where.district_code = "330302";
    where.district_name = "鹿城区";
    where.district_aliases = {"鹿城"};
    where.streets = {
        {"330302006", "五马街道", {"五马"}, {}},
        {"330302025", "南汇街道", {"南汇"}, {"开源社区"}},
        {"330302029", "大南街道", {"大南"}, {}},
    };
    where.former_names = {"洪殿", "小南"};
    where.landmark_words = {"路", "门"};
    where.lookalikes = {"上海南汇"};
    return where;
}

// "code code, former, district"
std::string shown(std::string_view text)
{
    const auto where = small_district();
    const auto match = cases::find_street(where, text);
    std::string out;
    for (const auto* unit : match.streets)
        out += unit->code.substr(6) + " ";
    if (match.former_name)
        out += "former ";
    if (match.district_named)
        out += "district ";
    return out;
}

struct place {
    std::string_view text;
    std::string_view expected;
};

class FindStreet : public testing::TestWithParam<place> {};

TEST_P(FindStreet, ResolvesOrLeavesOpen)
{
    EXPECT_EQ(shown(GetParam().text), GetParam().expected) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, FindStreet,
    testing::Values(
        place{"五马街道公安路", "006 "}, place{"住在五马", "006 "}, place{"五马街", "006 "},
        place{"鹿城区大南街道", "029 district "}, place{"大南门", ""},  // a landmark, not the street
        place{"大南路3号", ""}, place{"南汇街道开源社区", "025 "}, place{"开源社区", "025 "},
        place{"上海南汇", ""}, place{"南汇和五马街道", "006 025 "},  // longest name first
        place{"五马街道,五马", "006 "}, place{"洪殿那边", "former "}, place{"小南门", "former "},
        place{"鹿城", "district "}, place{"鹿城路", ""}, place{"瓯海区", ""}, place{"", ""},
        place{"\xE4\xBA\x94\xE9\xA9", ""},  // cut in the middle of a character
        place{"\xFF\xFE大南", "029 "})
);

TEST(Jurisdiction, RoutesToTheStreetElseToTheDistrict)
{
    const auto where = small_district();
    EXPECT_EQ(cases::responsible_unit(where, &where.streets[1]), "330302025");
    EXPECT_EQ(cases::responsible_unit(where, nullptr), "330302");
    EXPECT_EQ(cases::street_by_code(where, "330302029"), &where.streets[2]);
    EXPECT_EQ(cases::street_by_code(where, "330302"), nullptr);
    EXPECT_EQ(cases::street_by_code(where, ""), nullptr);
}

}  // namespace
