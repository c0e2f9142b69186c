# One object library a folder; third-party libraries are PRIVATE to the stage that uses them.
define_property(GLOBAL PROPERTY FF_STAGES BRIEF_DOCS "Names of the stages, in order")
define_property(GLOBAL PROPERTY FF_LIBRARIES BRIEF_DOCS "Third-party libraries of all stages")

# ff_stage(name [LIBRARIES target...]): the objects of src/<name>/*.c, found by listing. A folder without sources is skipped.
function(ff_stage name)
  cmake_parse_arguments(STAGE "" "" "LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.c")
  if(NOT sources)
    return()
  endif()
  add_library(ff_${name} OBJECT ${sources})
  target_include_directories(ff_${name} PRIVATE "${PROJECT_SOURCE_DIR}/src" "${PROJECT_SOURCE_DIR}/include")
  target_link_libraries(ff_${name} PRIVATE ff_flags ${STAGE_LIBRARIES})
  if(name STREQUAL "archive" AND FF_IGZIP_TARGET)
    target_compile_definitions(ff_${name} PRIVATE FF_HAVE_IGZIP=1)
  endif()
  if(name MATCHES "^(fetch|report)$")
    target_compile_definitions(ff_${name} PRIVATE FF_VERSION="${PROJECT_VERSION}")
  endif()
  if(name STREQUAL "history")
    target_compile_definitions(ff_${name} PRIVATE _XOPEN_SOURCE=700) # realpath
  endif()
  set_property(GLOBAL APPEND PROPERTY FF_STAGES ${name})
  set_property(GLOBAL APPEND PROPERTY FF_LIBRARIES ${STAGE_LIBRARIES})
endfunction()

# Adds the objects of all stages to a library.
function(ff_add_stages target)
  get_property(stages GLOBAL PROPERTY FF_STAGES)
  get_property(libraries GLOBAL PROPERTY FF_LIBRARIES)
  foreach(stage IN LISTS stages)
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:ff_${stage}>)
  endforeach()
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:ff_flags> ${libraries})
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE C)
endfunction()

# libfirstfault, static or shared, for other programs; and ff_inside, the same with everything visible, for this
# project's own program and tests: a shared library shows only what the public headers declare.
function(ff_library)
  add_library(libfirstfault)
  ff_add_stages(libfirstfault)
  set_target_properties(libfirstfault PROPERTIES OUTPUT_NAME firstfault EXPORT_NAME firstfault
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  add_library(firstfault::firstfault ALIAS libfirstfault)
  if(BUILD_SHARED_LIBS)
    add_library(ff_inside STATIC)
    ff_add_stages(ff_inside)
  else()
    add_library(ff_inside ALIAS libfirstfault)
  endif()
endfunction()

# The program. It finds its catalog beside its installation, else in the source tree that it was built from.
function(ff_program)
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/cli/*.c")
  if(NOT sources)
    return()
  endif()
  add_executable(firstfault ${sources})
  target_include_directories(firstfault PRIVATE "${PROJECT_SOURCE_DIR}/src")
  target_compile_definitions(firstfault PRIVATE
    FF_SOURCE_PATTERNS="${PROJECT_SOURCE_DIR}/patterns"
    FF_INSTALLED_PATTERNS="${CMAKE_INSTALL_FULL_DATADIR}/firstfault/patterns")
  target_link_libraries(firstfault PRIVATE ff_flags ff_inside)
endfunction()
