#include "bot/app/model_folder.hpp"

#include "bot/app/models.hpp"
#include "bot/app/text_file.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace bot::app {

namespace fs = std::filesystem;

namespace {

constexpr const char* before_file = "before";  // in a version: the name of the one it came after, may be empty

dialogs::model_files read_all(const fs::path& folder)
{
    dialogs::model_files files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().extension() == ".bin")
            files[entry.path().filename().string()] = read_text_file(entry.path().string());
    return files;
}

std::string next_name(const fs::path& versions)
{
    int last = 0;
    for (const auto& entry : fs::directory_iterator(versions)) {
        const auto name = entry.path().filename().string();
        if (std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; }))
            last = std::max(last, std::stoi(name));
    }
    char name[16];
    std::snprintf(name, sizeof name, "%04d", last + 1);
    return name;
}

}  // namespace

std::string model_folder::current() const
{
    const fs::path link = fs::path(path_) / "current";
    return fs::is_symlink(link) ? fs::read_symlink(link).filename().string() : std::string{};
}

dialogs::model_files model_folder::read() const
{
    const auto version = current();
    return version.empty() ? dialogs::model_files{} : read_all(fs::path(path_) / "versions" / version);
}

std::string model_folder::install(const dialogs::model_files& files, const std::string& record) const
{
    const fs::path versions = fs::path(path_) / "versions";
    fs::create_directories(versions);
    auto all = read();
    for (const auto& [name, bytes] : files)
        all[name] = bytes;
    const auto version = next_name(versions);
    const fs::path made = versions / version;
    fs::create_directory(made);
    for (const auto& [name, bytes] : all)
        replace_file((made / name).string(), bytes);
    replace_file((made / before_file).string(), current());
    point_at(version);
    remember(record);
    return version;
}

std::string model_folder::roll_back() const
{
    const auto version = current();
    if (version.empty())
        throw std::runtime_error(path_ + ": no version is in use");
    const auto before = read_text_file((fs::path(path_) / "versions" / version / before_file).string());
    if (before.empty()) {
        fs::remove(fs::path(path_) / "current");
        return {};
    }
    point_at(before);
    return before;
}

void model_folder::point_at(const std::string& version) const
{
    const fs::path link = fs::path(path_) / "current";
    const fs::path beside = fs::path(path_) / "current.new";
    fs::remove(beside);
    fs::create_directory_symlink(fs::path("versions") / version, beside);
    fs::rename(beside, link);
}

void model_folder::remember(const std::string& record) const
{
    std::ofstream history(fs::path(path_) / "history.jsonl", std::ios::app);
    history << record << '\n';
    if (!history.flush())
        throw std::runtime_error(path_ + ": history.jsonl cannot be written");
}

dialogs::model_files read_model_folder(const std::string& folder)
{
    if (!fs::is_directory(folder))
        throw std::runtime_error(folder + ": no such folder");
    const model_folder versions{folder};
    return versions.current().empty() ? read_all(folder) : versions.read();
}

}  // namespace bot::app
