# hejie_room(NAME USES targets...): a static library of all .cpp files of this folder (not of its sub-folders).
# Headers are included by their path from the top: #include "cases/life_cycle.hpp".
function(hejie_room name)
    cmake_parse_arguments(ROOM "" "" "USES;PRIVATE" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    add_library(${name} STATIC ${sources})
    target_link_libraries(${name} PUBLIC ${ROOM_USES} PRIVATE ${ROOM_PRIVATE})
endfunction()
