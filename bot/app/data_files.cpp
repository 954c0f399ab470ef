#include "bot/app/data_files.hpp"

#include "bot/app/configuration.hpp"
#include "dialogs/data.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace bot::app {
namespace {

namespace fs = std::filesystem;

std::string read_whole(const fs::path& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw configuration_error("dialogs.directory: " + path.string() + " cannot be read");
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<dialogs::source_file> embedded_files()
{
    std::vector<dialogs::source_file> files;
    for (const auto& file : dialogs_data())
        if (file.path.ends_with(".yaml"))
            files.push_back({std::string(file.path), std::string(file.content)});
    return files;
}

}  // namespace

std::vector<dialogs::source_file> read_data_files(const std::string& directory)
{
    if (directory.empty())
        return embedded_files();
    std::vector<dialogs::source_file> files;
    try {
        for (const auto& folder : fs::directory_iterator(directory))
            if (folder.is_directory())
                for (const auto& file : fs::directory_iterator(folder))
                    if (file.path().extension() == ".yaml")
                        files.push_back({fs::relative(file.path(), directory).generic_string(), read_whole(file.path())});
    } catch (const fs::filesystem_error& error) {
        throw configuration_error("dialogs.directory: " + std::string(error.what()));
    }
    if (files.empty())
        throw configuration_error("dialogs.directory: " + directory + " holds no flows/*.yaml");
    std::ranges::sort(files, {}, &dialogs::source_file::path);
    return files;
}

}  // namespace bot::app
