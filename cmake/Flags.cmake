# Compiler flags shared by every target of the project.
add_library(ff_flags INTERFACE)
target_compile_definitions(ff_flags INTERFACE _POSIX_C_SOURCE=200809L _FILE_OFFSET_BITS=64)
target_compile_options(ff_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wconversion
  -Wno-sign-conversion -Wundef -Wvla -Wformat=2 -Wcast-qual -Wswitch-enum -Wnull-dereference -Wimplicit-fallthrough)
if(FIRSTFAULT_WERROR)
  target_compile_options(ff_flags INTERFACE -Werror)
endif()
if(FIRSTFAULT_HARDEN)
  target_compile_definitions(ff_flags INTERFACE $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
  target_compile_options(ff_flags INTERFACE -fstack-protector-strong -fstack-clash-protection)
  target_link_options(ff_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
if(FIRSTFAULT_SANITIZE)
  target_compile_options(ff_flags INTERFACE -fsanitize=${FIRSTFAULT_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(ff_flags INTERFACE -fsanitize=${FIRSTFAULT_SANITIZE})
endif()
