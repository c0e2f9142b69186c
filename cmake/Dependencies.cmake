# Third-party libraries; docs/architecture.md says why each is here and which one file or folder includes it.
# FF_REQUIRED_MODULES goes into the installed package files, so that users of the static library can link it.
find_package(PkgConfig REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(Threads REQUIRED)
pkg_check_modules(FF_YAML REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(FF_ZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(FF_PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)
pkg_check_modules(FF_CURL REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(FF_JANSSON REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(FF_GIT REQUIRED IMPORTED_TARGET libgit2)
pkg_check_modules(FF_SQLITE REQUIRED IMPORTED_TARGET sqlite3)
set(FF_REQUIRED_MODULES FF_CURL:libcurl FF_JANSSON:jansson FF_YAML:yaml-0.1 FF_ZIP:libzip FF_PCRE2:libpcre2-8 FF_GIT:libgit2
  FF_SQLITE:sqlite3)

set(FF_IGZIP_TARGET)
if(FIRSTFAULT_IGZIP)
  pkg_check_modules(FF_ISAL IMPORTED_TARGET libisal)
  if(FF_ISAL_FOUND)
    set(FF_IGZIP_TARGET PkgConfig::FF_ISAL)
    list(APPEND FF_REQUIRED_MODULES FF_ISAL:libisal)
  endif()
endif()
