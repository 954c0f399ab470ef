#include "bot/app/text_file.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace bot::app {

std::string read_text_file(const std::string& path)
{
    // zlib reads a file that is not compressed as it is.
    const auto close = [](gzFile_s* file) { ::gzclose(file); };
    const std::unique_ptr<gzFile_s, decltype(close)> file(::gzopen(path.c_str(), "rb"), close);
    if (!file)
        throw std::runtime_error(path + ": " + std::strerror(errno));
    std::string text;
    std::string block(1U << 18U, '\0');
    for (;;) {
        const int got = ::gzread(file.get(), block.data(), static_cast<unsigned>(block.size()));
        if (got < 0)
            throw std::runtime_error(path + ": damaged, or not a file");
        if (got == 0)
            break;
        text.append(block, 0, static_cast<std::size_t>(got));
    }
    int fault = Z_OK;
    ::gzerror(file.get(), &fault);
    if (fault != Z_OK)
        throw std::runtime_error(path + ": the file is cut short");
    return text;
}

void replace_file(const std::string& path, const std::string& bytes)
{
    const std::string beside = path + ".new";
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0)
        throw std::runtime_error(beside + ": " + std::strerror(errno));
    std::size_t written = 0;
    bool whole = true;
    while (whole && written < bytes.size()) {
        const auto took = ::write(file, bytes.data() + written, bytes.size() - written);
        whole = took > 0 || (took < 0 && errno == EINTR);
        written += took > 0 ? static_cast<std::size_t>(took) : 0;
    }
    whole = whole && ::fsync(file) == 0;
    const int fault = errno;
    ::close(file);
    if (!whole || ::rename(beside.c_str(), path.c_str()) != 0) {
        ::unlink(beside.c_str());
        throw std::runtime_error(path + ": " + std::strerror(whole ? errno : fault));
    }
}

}  // namespace bot::app
