#include "cases/dispute_type.hpp"

#include <algorithm>

namespace cases {

bool is_dispute_type(std::string_view id)
{
    return std::find(dispute_types.begin(), dispute_types.end(), id) != dispute_types.end();
}

}  // namespace cases
