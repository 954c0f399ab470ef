// `hejie export texts`: the table that a lawyer and a clinician sign.
#include "bot/app/desk.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace {

std::string table(bool csv)
{
    bot::app::texts_options options;
    options.csv = csv;
    std::ostringstream out;
    EXPECT_EQ(bot::app::export_texts(options, out), 0);
    return out.str();
}

TEST(export_texts, lists_what_is_said_and_not_what_is_listened_for)
{
    const auto text = table(false);
    EXPECT_TRUE(text.starts_with("file\tid\tkind\ttext\n"));
    EXPECT_NE(text.find("flows/respondent.yaml\tsteps.choice.ask\task\t您愿意调解吗？\n"), std::string::npos);
    EXPECT_NE(text.find("texts.crisis_c3"), std::string::npos);
    EXPECT_NE(text.find("answers/"), std::string::npos);
    EXPECT_EQ(text.find("start_say"), std::string::npos);
    EXPECT_EQ(text.find("models/"), std::string::npos);
}

TEST(export_texts, quotes_every_field_for_a_spreadsheet)
{
    EXPECT_NE(table(true).find("\"flows/respondent.yaml\",\"steps.choice.ask\",\"ask\",\"您愿意调解吗？\"\n"), std::string::npos);
}

}  // namespace
