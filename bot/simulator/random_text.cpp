#include "bot/simulator/random_text.hpp"

#include <random>
#include <string_view>

namespace bot::simulator {
namespace {

std::string random_of(std::string_view alphabet, std::size_t length)
{
    thread_local std::mt19937_64 source{std::random_device{}()};
    std::uniform_int_distribution<std::size_t> pick(0, alphabet.size() - 1);
    std::string text(length, ' ');
    for (auto& one : text) one = alphabet[pick(source)];
    return text;
}

}  // namespace

std::string random_text(std::size_t length)
{
    return random_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", length);
}

std::string random_digits(std::size_t length)
{
    return random_of("0123456789", length);
}

}  // namespace bot::simulator
