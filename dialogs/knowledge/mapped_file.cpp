#include "dialogs/knowledge/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace dialogs {

bot::result<mapped_file> mapped_file::open(const std::string& path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return bot::errc::not_found;
    struct stat status{};
    const bool plain = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    const auto size = plain ? static_cast<std::size_t>(status.st_size) : 0;
    void* at = size == 0 ? MAP_FAILED : ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
    ::close(file);
    if (!plain)
        return bot::errc::not_found;
    if (size == 0)
        return mapped_file({});
    if (at == MAP_FAILED)
        return bot::errc::not_found;
    return mapped_file({static_cast<const char*>(at), size});
}

mapped_file::mapped_file(mapped_file&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

mapped_file& mapped_file::operator=(mapped_file&& other) noexcept
{
    std::swap(bytes_, other.bytes_);
    return *this;
}

mapped_file::~mapped_file()
{
    if (!bytes_.empty())
        ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

void mapped_file::forget_pages() const
{
    if (!bytes_.empty())
        ::madvise(const_cast<char*>(bytes_.data()), bytes_.size(), MADV_DONTNEED);
}

}  // namespace dialogs
