#include "tests/integration/filing_script.hpp"

#include <fstream>

namespace testing_support {

std::vector<std::string> filing_lines()
{
    std::ifstream in(std::string(HEJIE_SOURCE_DIR) + "/tests/integration/filing.txt");
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line.front() != '#')
            lines.push_back(line);
    return lines;
}

bot::wechat::inbound message_of(citizen_client& citizen, const std::string& line)
{
    constexpr std::string_view picture = "/picture ";
    return line.starts_with(picture) ? citizen.picture(line.substr(picture.size())) : citizen.text(line);
}

}  // namespace testing_support
