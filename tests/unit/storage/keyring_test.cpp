#include "storage/crypto/keyring.hpp"

#include "storage/crypto/sealing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <set>
#include <thread>

namespace storage {
namespace {

std::array<std::uint8_t, 32> filled(std::uint8_t byte)
{
    std::array<std::uint8_t, 32> out;
    out.fill(byte);
    return out;
}

std::string nonce_of(const std::string& sealed)
{
    return sealed.substr(1, 12);
}

RC_GTEST_PROP(Sealing, OpensWhatItSealed, (const std::string& clear, const std::string& place))
{
    const data_key key(filled(3));
    const std::string sealed = seal(key, place, clear);
    RC_ASSERT(sealed.size() == clear.size() + seal_overhead);
    RC_ASSERT(open(key, place, sealed).value() == clear);
}

TEST(Sealing, KeepsNulEmojiAndMebibyte)
{
    const data_key key(filled(3));
    for (const std::string& clear :
         {std::string(), std::string("a\0b", 3), std::string("和解😀"), std::string(1 << 20, 'x')})
        EXPECT_EQ(open(key, "turn|state|1.2", seal(key, "turn|state|1.2", clear)).value(), clear);
}

TEST(Sealing, RefusesAnotherPlaceKeyOrVersion)
{
    const data_key key(filled(3));
    const std::string sealed = seal(key, "dispute_case|narrative|17", "说了什么");
    EXPECT_EQ(open(key, "dispute_case|narrative|18", sealed).error(), bot::errc::bad_key);
    EXPECT_EQ(open(key, "dispute_case|requests|17", sealed).error(), bot::errc::bad_key);
    EXPECT_EQ(open(key, "", sealed).error(), bot::errc::bad_key);
    EXPECT_EQ(open(data_key(filled(4)), "dispute_case|narrative|17", sealed).error(), bot::errc::bad_key);
    std::string newer = sealed;
    newer[0] = 2;
    EXPECT_EQ(open(key, "dispute_case|narrative|17", newer).error(), bot::errc::bad_key);
    EXPECT_TRUE(open(key, "dispute_case|narrative|17", sealed)) << "the key still works after refusals";
}

TEST(Sealing, RefusesEveryChangedBitAndEveryCut)
{
    const data_key key(filled(9));
    const std::string sealed = seal(key, "p", "0123456789");
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        std::string changed = sealed;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        EXPECT_FALSE(open(key, "p", changed)) << "bit " << bit;
    }
    for (std::size_t size = 0; size < sealed.size(); ++size)
        EXPECT_FALSE(open(key, "p", sealed.substr(0, size))) << "size " << size;
    EXPECT_FALSE(open(key, "p", sealed + "x"));
}

TEST(Sealing, AppendsBehindWhatIsThere)
{
    const data_key key(filled(5));
    std::string out = "before";
    seal_to(out, key, "p", "one");
    const std::size_t middle = out.size();
    seal_to(out, key, "p", "two");
    EXPECT_EQ(out.substr(0, 6), "before");
    EXPECT_EQ(open(key, "p", out.substr(6, middle - 6)).value(), "one");
    EXPECT_EQ(open(key, "p", out.substr(middle)).value(), "two");
}

TEST(Sealing, KeysTakingTurnsOnOneThreadStayApart)
{
    const data_key one(filled(1)), two(filled(2));
    for (int i = 0; i < 100; ++i) {
        const data_key& key = i % 2 ? one : two;
        const data_key& other = i % 2 ? two : one;
        const std::string sealed = seal(key, "p", "text");
        EXPECT_EQ(open(key, "p", sealed).value(), "text");
        EXPECT_FALSE(open(other, "p", sealed));
    }
}

TEST(Sealing, NeverUsesANonceTwiceOverThreads)
{
    constexpr int threads = 4, each = 5'000;
    std::vector<std::vector<std::string>> nonces(threads);
    std::vector<std::thread> running;
    for (auto& mine : nonces)
        running.emplace_back([&mine] {
            const data_key key(filled(1));
            for (int i = 0; i < each; ++i) mine.push_back(nonce_of(seal(key, "p", "")));
        });
    for (auto& thread : running) thread.join();
    std::set<std::string> all;
    for (const auto& mine : nonces) all.insert(mine.begin(), mine.end());
    EXPECT_EQ(all.size(), std::size_t{threads * each});
}

TEST(Sealing, AForkedChildDoesNotRepeatItsParentsNonces)
{
    const data_key key(filled(1));
    (void)seal(key, "p", "");  // the pool is filled before the fork
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        const std::string nonce = nonce_of(seal(key, "p", ""));
        _exit(write(ends[1], nonce.data(), nonce.size()) == 12 ? 0 : 1);
    }
    char theirs[12];
    EXPECT_EQ(read(ends[0], theirs, sizeof theirs), 12);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
    close(ends[0]);
    close(ends[1]);
    EXPECT_NE(nonce_of(seal(key, "p", "")), std::string(theirs, sizeof theirs));
}

TEST(Keyring, UnwrapsForThatCitizenAndMasterOnly)
{
    const keyring keys(filled(7)), others(filled(8));
    const data_key key = keys.make_data_key();
    const std::string wrapped = keys.wrap(key, 42);
    EXPECT_EQ(keys.unwrap(wrapped, 42).value().bytes(), key.bytes());
    EXPECT_EQ(keys.unwrap(wrapped, 43).error(), bot::errc::bad_key);
    EXPECT_EQ(others.unwrap(wrapped, 42).error(), bot::errc::bad_key);
    EXPECT_EQ(keys.unwrap("", 42).error(), bot::errc::bad_key);
    EXPECT_EQ(keyring(filled(7)).unwrap(wrapped, 42).value().bytes(), key.bytes()) << "after a restart";
}

TEST(Keyring, RefusesAWrappedValueThatIsNoKey)
{
    // The wrapping key is not reachable from outside; a field sealed by a data key must not pass for a
    // wrapped key.
    const keyring keys(filled(7));
    const data_key key = keys.make_data_key();
    EXPECT_FALSE(keys.unwrap(seal(key, "citizen|wrapped_key|42", std::string(32, 'k')), 42));
}

TEST(Keyring, MakesDifferentKeys)
{
    const keyring keys(filled(7));
    EXPECT_NE(keys.make_data_key().bytes(), keys.make_data_key().bytes());
}

TEST(Keyring, HashesAreStableAndKeptApart)
{
    const keyring keys(filled(7)), others(filled(8));
    EXPECT_EQ(keys.hash("phone", "13800000000"), keyring(filled(7)).hash("phone", "13800000000"));
    EXPECT_NE(keys.hash("phone", "13800000000"), keys.hash("address", "13800000000"));
    EXPECT_NE(keys.hash("phone", "13800000000"), others.hash("phone", "13800000000"));
    EXPECT_NE(keys.hash("phone", "1"), keys.hash("phone", "2"));
    // Two keyrings taking turns on one thread.
    const auto first = keys.hash("a", "b"), second = others.hash("a", "b");
    EXPECT_EQ(keys.hash("a", "b"), first);
    EXPECT_EQ(others.hash("a", "b"), second);
}

// Stored hashes and keys depend on these bytes: a change of the derivation must not pass unseen.
// Expected value: RFC 5869 and RFC 2104 computed with Python's hmac module.
TEST(Keyring, DerivationDoesNotChange)
{
    const short_hash hash = keyring(filled(7)).hash("address", "value");
    std::string hex;
    for (const auto byte : hash) {
        hex += "0123456789abcdef"[byte >> 4];
        hex += "0123456789abcdef"[byte & 15];
    }
    EXPECT_EQ(hex, "42cb1bc577664624f2bd938b7e0a8568");
}

}  // namespace
}  // namespace storage
