#pragma once
// A journal with citizens whose next turn a test gives effects to.

#include "tests/unit/storage/engines.hpp"
#include "tests/unit/storage/samples.hpp"

#include <map>
#include <optional>

namespace storage {

inline constexpr bot::instant noon{std::chrono::milliseconds(noon_ms)};

class service_test : public engine_test {
protected:
    void SetUp() override
    {
        engine_test::SetUp();
        if (IsSkipped()) return;
        db_ = connect_migrated();
        journal_.emplace(*db_, keys_);
    }

    // One more turn of the citizen with these effects.
    append_outcome turn(std::int64_t id, std::vector<dialogs::effect> effects)
    {
        auto [it, fresh] =
            people_.try_emplace(id, person{{bot::citizen_id{id}, keys_.make_data_key()}, 0});
        turn_append made = make_turn(it->second.who, it->second.turns + 1);
        made.effects = std::move(effects);
        const auto outcome = journal_->append(std::vector{made}).value().at(0);
        if (outcome == append_outcome::stored) ++it->second.turns;
        return outcome;
    }

    std::int64_t count(const std::string& what) { return number(*db_, "SELECT COUNT(*) FROM " + what); }

    std::string text_of(const std::string& query)
    {
        auto& q = db_->prepare(query);
        q.query();
        std::string out = q.next() ? q.bytes(0) : "(no row)";
        db_->end_reads();
        return out;
    }

    // Opened with the citizen's key; "(sealed)" when it does not open.
    std::string opened(std::int64_t id, const std::string& place, const std::string& query)
    {
        const auto clear = open(people_.at(id).who.key, place, text_of(query));
        return clear ? *clear : "(sealed)";
    }

    struct person {
        citizen who;
        std::int32_t turns = 0;
    };
    std::map<std::int64_t, person> people_;
    std::unique_ptr<sql::connection> db_;
    std::optional<turn_journal> journal_;
};

}  // namespace storage
