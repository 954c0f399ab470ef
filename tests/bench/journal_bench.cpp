// Turns made durable: sealed, in one transaction a batch, over the journal as the server uses it.
// SQLite (WAL, synchronous=FULL) always; MariaDB when HEJIE_TEST_MYSQL holds a mysql:// URL.
// Counters: turns/s, CPU of this thread and of the database process per turn.

#include "storage/storage.hpp"

#include <benchmark/benchmark.h>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

namespace {

// New tables grow their files while they are timed; these are filled first.
constexpr int prefilled_turns = 100'000;
// Conversations at once, and their length. Half of them are led by people who were here before.
constexpr std::size_t conversations = 256;
constexpr int turns_a_conversation = 12;

double thread_cpu_us()
{
    rusage used{};
    getrusage(RUSAGE_THREAD, &used);
    const auto us = [](const timeval& t) {
        return 1e6 * static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec);
    };
    return us(used.ru_utime) + us(used.ru_stime);
}

double process_cpu_us(long pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    std::getline(file, line);
    std::istringstream rest(line.substr(line.rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i) rest >> skipped;
    double user = 0, system = 0;
    rest >> user >> system;
    return (user + system) * 1e6 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

class journal_world {
public:
    explicit journal_world(const std::string& url)
        : database_(storage::sql::open_database(url)), keys_(master())
    {
        db_ = database_->connect().value();
        storage::migrate(*db_).value();
        if (db_->engine() == "mysql") read_server_pid();
        journal_.emplace(*db_, keys_);
        for (std::size_t i = 0; i < conversations; ++i) active_.push_back(newcomer());
        for (int done = 0; done < prefilled_turns; done += 64) append(64);
    }

    void append(int batch)
    {
        std::vector<storage::turn_append> turns;
        for (int i = 0; i < batch; ++i) {
            std::size_t& who = active_[next_++ % conversations];
            if (people_[who].turn_no > 0 && people_[who].turn_no % turns_a_conversation == 0)
                who = random_() % 2 ? newcomer() : idle_one();
            turns.push_back(next_turn(people_[who]));
        }
        const double before = thread_cpu_us();
        const auto outcomes = journal_->append(turns).value();
        client_cpu_us += thread_cpu_us() - before;
        for (const auto outcome : outcomes)
            if (outcome != storage::append_outcome::stored) throw std::runtime_error("a turn was not stored");
    }

    void load()
    {
        person& who = people_[random_() % people_.size()];
        if (who.turn_no == 0) return;
        const storage::address where{"main", std::to_string(who.citizen.id.value)};
        const double before = thread_cpu_us();
        const auto loaded = journal_->load(where, who.last_key).value();
        client_cpu_us += thread_cpu_us() - before;
        if (!loaded.head || loaded.head->turn_no != who.turn_no || !loaded.answered)
            throw std::runtime_error("the newest turn was not found");
    }

    double server_cpu_us() const { return server_pid_ ? process_cpu_us(server_pid_) : 0; }
    double client_cpu_us = 0;

private:
    struct person {
        storage::citizen citizen;
        std::int32_t turn_no = 0;
        storage::delivery_key last_key{};
    };

    static std::array<std::uint8_t, 32> master()
    {
        std::array<std::uint8_t, 32> key{};
        key.fill(7);
        return key;
    }

    void read_server_pid()
    {
        auto& q = db_->prepare("SELECT @@pid_file");
        q.query();
        q.next();
        std::ifstream(q.bytes(0)) >> server_pid_;
        q.next();
    }

    std::size_t newcomer()
    {
        const bot::citizen_id id{bot::time_ordered_id(bot::system_clock().now(), random_())};
        people_.push_back({{id, keys_.make_data_key()}});
        return people_.size() - 1;
    }

    // Anybody who leads no conversation now: a citizen is in a batch at most once.
    std::size_t idle_one()
    {
        for (;;) {
            const std::size_t i = random_() % people_.size();
            if (std::ranges::find(active_, i) == active_.end()) return i;
        }
    }

    // About 1.2 KB a row: a message of 90 bytes, a reply of 300, a state of 700.
    storage::turn_append next_turn(person& who)
    {
        storage::turn_append turn;
        turn.who = who.citizen;
        if (who.turn_no == 0)
            turn.first_seen = storage::address{"main", std::to_string(who.citizen.id.value)};
        turn.turn_no = ++who.turn_no;
        for (auto& byte : turn.key) byte = static_cast<std::uint8_t>(random_());
        who.last_key = turn.key;
        turn.at = bot::system_clock().now();
        turn.inbound.assign(90, 'i');
        turn.replies.assign(300, 'r');
        turn.state.assign(700, 's');
        return turn;
    }

    std::unique_ptr<storage::sql::database> database_;
    storage::keyring keys_;
    std::unique_ptr<storage::sql::connection> db_;
    std::optional<storage::turn_journal> journal_;
    std::mt19937_64 random_{20261123};
    std::vector<person> people_;
    std::vector<std::size_t> active_;  // indices into people_
    std::size_t next_ = 0;
    long server_pid_ = 0;
};

// The SQLite file lives as long as the process.
struct scratch_folder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("hejie-bench-" + std::to_string(getpid()));
    scratch_folder() { std::filesystem::create_directories(path); }
    ~scratch_folder() { std::filesystem::remove_all(path); }
};

journal_world& sqlite_world()
{
    static scratch_folder folder;
    static journal_world world("sqlite:" + (folder.path / "journal.db").string());
    return world;
}

// A database of its own, so that the tables of others do not matter and nothing is left behind.
class mysql_scratch {
public:
    explicit mysql_scratch(const std::string& url)
        : admin_(storage::sql::open_database(url)->connect().value())
    {
        admin_->execute("CREATE DATABASE " + name_ + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        const std::size_t query = std::min(url.find('?'), url.size());
        const std::size_t slash = url.rfind('/', query);
        own_url = url.substr(0, slash + 1) + name_ + url.substr(query);
    }
    ~mysql_scratch() { admin_->execute("DROP DATABASE " + name_); }
    std::string own_url;

private:
    std::string name_ = "hejie_bench_" + std::to_string(getpid());
    std::unique_ptr<storage::sql::connection> admin_;
};

journal_world& mysql_world()
{
    static mysql_scratch scratch(std::getenv("HEJIE_TEST_MYSQL"));
    static journal_world world(scratch.own_url);
    return world;
}

void report(benchmark::State& state, journal_world& world, double server_before, double turns)
{
    state.SetItemsProcessed(static_cast<std::int64_t>(turns));
    state.counters["client_us"] = world.client_cpu_us / turns;
    state.counters["server_us"] = (world.server_cpu_us() - server_before) / turns;
}

void append(benchmark::State& state, journal_world& (*make)())
{
    journal_world& world = make();
    const int batch = static_cast<int>(state.range(0));
    const double server_before = world.server_cpu_us();
    world.client_cpu_us = 0;
    for (auto _ : state) world.append(batch);
    report(state, world, server_before, static_cast<double>(state.iterations()) * batch);
}

void load(benchmark::State& state, journal_world& (*make)())
{
    journal_world& world = make();
    const double server_before = world.server_cpu_us();
    world.client_cpu_us = 0;
    for (auto _ : state) world.load();
    report(state, world, server_before, static_cast<double>(state.iterations()));
}

const int registered = [] {
    const auto add = [](const char* engine, journal_world& (*make)()) {
        const std::string name = engine;
        auto* appending = benchmark::RegisterBenchmark(("journal_append/" + name).c_str(), append, make);
        appending->Arg(1)->Arg(16)->Arg(32)->Arg(64)->UseRealTime()->MinTime(1.0);
        benchmark::RegisterBenchmark(("journal_load/" + name).c_str(), load, make)->UseRealTime();
    };
    add("sqlite", sqlite_world);
    if (std::getenv("HEJIE_TEST_MYSQL")) add("mariadb", mysql_world);
    return 0;
}();

}  // namespace
