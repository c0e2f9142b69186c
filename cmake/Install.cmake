# Installation: program, library, headers, catalog, CMake package and pkg-config file.
if(TARGET firstfault)
  install(TARGETS firstfault RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(TARGETS libfirstfault EXPORT firstfault-targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/firstfault DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY patterns DESTINATION ${CMAKE_INSTALL_DATADIR}/firstfault FILES_MATCHING PATTERN "*.yaml")
