# Third-party libraries; docs/architecture.md says why each is here and which one file or folder includes it.
find_package(PkgConfig REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(ZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)

set(FF_IGZIP_TARGET)
if(FIRSTFAULT_IGZIP)
  pkg_check_modules(ISAL IMPORTED_TARGET libisal)
  if(ISAL_FOUND)
    set(FF_IGZIP_TARGET PkgConfig::ISAL)
  endif()
endif()
