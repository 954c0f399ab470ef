# cmake -DFOLDER=… -DNAME=… -DOUT=… -P embed_folder.cmake: like hejie_embed, but at build time, for a folder whose file
# names are known only after another tool has written it. Writes OUT.S and OUT.cpp, which define
#   std::span<const bot::embedded_file> NAME()
file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE ${FOLDER} ${FOLDER}/*)
list(SORT files)
if(NOT files)
    message(FATAL_ERROR "nothing to embed in ${FOLDER}")
endif()
set(assembly ".section .rodata\n")
set(externs "")
set(rows "")
set(index 0)
foreach(path IN LISTS files)
    set(symbol ${NAME}_${index})
    string(APPEND assembly
        ".global ${symbol}_begin\n${symbol}_begin:\n.incbin \"${FOLDER}/${path}\"\n.global ${symbol}_end\n${symbol}_end:\n.byte 0\n")
    string(APPEND externs "extern \"C\" const char ${symbol}_begin[], ${symbol}_end[];\n")
    string(APPEND rows
        "        {\"${path}\", {${symbol}_begin, static_cast<std::size_t>(${symbol}_end - ${symbol}_begin)}},\n")
    math(EXPR index "${index} + 1")
endforeach()
string(APPEND assembly ".section .note.GNU-stack,\"\",@progbits\n")
file(WRITE ${OUT}.S "${assembly}")
file(WRITE ${OUT}.cpp "#include \"bot/base/embedded.hpp\"
${externs}
std::span<const bot::embedded_file> ${NAME}();
std::span<const bot::embedded_file> ${NAME}()
{
    static const bot::embedded_file files[] = {
${rows}    };
    return files;
}
")
