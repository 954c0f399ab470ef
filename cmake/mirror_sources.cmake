# cmake -DFROM=web -DTO=build/…/site -P mirror_sources.cmake: copies the pages' sources beside the installed packages.
# What was deleted or renamed in the tree goes in the copy too; node_modules stays.
file(GLOB old LIST_DIRECTORIES true ${TO}/*)
list(FILTER old EXCLUDE REGEX "/(node_modules|installed\\.stamp)$")
if(old)
    file(REMOVE_RECURSE ${old})
endif()
file(COPY ${FROM}/ DESTINATION ${TO}
    PATTERN node_modules EXCLUDE
    PATTERN dist EXCLUDE
    PATTERN without-npm EXCLUDE
    PATTERN "*.hpp" EXCLUDE
    PATTERN CMakeLists.txt EXCLUDE)
