# Compiler flags shared by every target of the project.
include(CheckCCompilerFlag)
include(CheckPIESupported)
check_pie_supported(LANGUAGES C)

add_library(ff_flags INTERFACE)
target_compile_definitions(ff_flags INTERFACE _POSIX_C_SOURCE=200809L _FILE_OFFSET_BITS=64)
target_compile_options(ff_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wconversion
  -Wno-sign-conversion -Wundef -Wvla -Wformat=2 -Wcast-qual -Wswitch-enum -Wimplicit-fallthrough)
if(FIRSTFAULT_WERROR)
  target_compile_options(ff_flags INTERFACE -Werror)
endif()

if(FIRSTFAULT_SANITIZE)
  # Some distributions switch _FORTIFY_SOURCE on in the compiler; its checked calls hide from the sanitizers.
  target_compile_options(ff_flags INTERFACE -fsanitize=${FIRSTFAULT_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer -U_FORTIFY_SOURCE)
  target_link_options(ff_flags INTERFACE -fsanitize=${FIRSTFAULT_SANITIZE})
elseif(FIRSTFAULT_HARDEN)
  set(hardened "$<NOT:$<CONFIG:Debug>>")
  target_compile_options(ff_flags INTERFACE "$<${hardened}:SHELL:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2>")
  foreach(flag IN ITEMS -fstack-protector-strong -fstack-clash-protection -fcf-protection)
    string(MAKE_C_IDENTIFIER "FF_HAVE${flag}" have)
    check_c_compiler_flag("-Werror ${flag}" ${have})
    if(${have})
      target_compile_options(ff_flags INTERFACE $<${hardened}:${flag}>)
    endif()
  endforeach()
  target_link_options(ff_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
