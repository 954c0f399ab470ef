# hejie_embed(TARGET NAME ROOT files...): puts files into a target by the assembler, as a table
#   std::span<const embedded_file> NAME()   (declared in bot/base/embedded.hpp)
# ROOT is cut from the front of each path. Data files stay data in the tree and need no path at run time.
function(hejie_embed target name root)
    set(asm ${CMAKE_CURRENT_BINARY_DIR}/${name}.S)
    set(table ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
    set(assembly ".section .rodata\n")
    set(externs "")
    set(rows "")
    set(index 0)
    foreach(file ${ARGN})
        file(RELATIVE_PATH path ${root} ${file})
        set(symbol ${name}_${index})
        string(APPEND assembly
            ".balign 16\n.global ${symbol}_begin\n${symbol}_begin:\n.incbin \"${file}\"\n.global ${symbol}_end\n${symbol}_end:\n.byte 0\n")
        string(APPEND externs "extern \"C\" const char ${symbol}_begin[], ${symbol}_end[];\n")
        string(APPEND rows "    {\"${path}\", {${symbol}_begin, static_cast<std::size_t>(${symbol}_end - ${symbol}_begin)}},\n")
        math(EXPR index "${index} + 1")
    endforeach()
    string(APPEND assembly ".section .note.GNU-stack,\"\",@progbits\n")
    file(CONFIGURE OUTPUT ${asm} CONTENT "${assembly}" @ONLY)
    file(CONFIGURE OUTPUT ${table} CONTENT
"#include \"bot/base/embedded.hpp\"
${externs}
std::span<const bot::embedded_file> ${name}()
{
    static const bot::embedded_file files[] = {
${rows}        {\"\", {}}};
    return {files, ${index}};
}
" @ONLY)
    set_source_files_properties(${asm} PROPERTIES OBJECT_DEPENDS "${ARGN}")
    target_sources(${target} PRIVATE ${asm} ${table})
endfunction()
