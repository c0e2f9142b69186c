# Installation: program, library, headers, catalog and its schema, manual page, licence, CMake package, pkg-config file.
include(CMakePackageConfigHelpers)

set(FF_PACKAGE_DIR "${CMAKE_INSTALL_LIBDIR}/cmake/firstfault")

if(TARGET firstfault)
  install(TARGETS firstfault RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(TARGETS libfirstfault EXPORT firstfault-targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/firstfault DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(DIRECTORY patterns DESTINATION ${CMAKE_INSTALL_DATADIR}/firstfault FILES_MATCHING PATTERN "*.yaml")
install(DIRECTORY schema DESTINATION ${CMAKE_INSTALL_DATADIR}/firstfault FILES_MATCHING PATTERN "*.json")
install(FILES docs/firstfault.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

# Users of the static library need its private libraries at link time, users of the shared one do not. They stand in
# Requires, not in Requires.private: the private list of Debian's libzip names libraries that its package does not
# bring, so that `pkg-config --static` fails to link.
set(FF_CONFIG_MODULES "")
set(FF_PC_REQUIRES "")
set(FF_PC_LIBS "-lfirstfault")
if(NOT BUILD_SHARED_LIBS)
  string(REPLACE ";" " " FF_CONFIG_MODULES "${FF_REQUIRED_MODULES}")
  string(REGEX REPLACE "[A-Z0-9_]+:" "" modules "${FF_CONFIG_MODULES}")
  set(FF_PC_REQUIRES "Requires: ${modules} libcrypto\n")
  string(APPEND FF_PC_LIBS " -lm")
endif()
file(RELATIVE_PATH FF_PC_UP "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
string(REGEX REPLACE "/$" "" FF_PC_UP "${FF_PC_UP}")

configure_package_config_file(cmake/firstfault-config.cmake.in "${PROJECT_BINARY_DIR}/firstfault-config.cmake"
  INSTALL_DESTINATION ${FF_PACKAGE_DIR})
write_basic_package_version_file("${PROJECT_BINARY_DIR}/firstfault-config-version.cmake"
  VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)
configure_file(cmake/firstfault.pc.in "${PROJECT_BINARY_DIR}/firstfault.pc" @ONLY)
install(EXPORT firstfault-targets NAMESPACE firstfault:: DESTINATION ${FF_PACKAGE_DIR})
install(FILES "${PROJECT_BINARY_DIR}/firstfault-config.cmake" "${PROJECT_BINARY_DIR}/firstfault-config-version.cmake"
  DESTINATION ${FF_PACKAGE_DIR})
install(FILES "${PROJECT_BINARY_DIR}/firstfault.pc" DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
