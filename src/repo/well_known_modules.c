#include "repo/well_known.h"

/* Modules that are called otherwise than what is installed for them. Sorted: a test checks it. */
static const struct {
    const char *module, *packages;
} MODULES[] = {
    {"Crypto", "pycryptodome"},
    {"Levenshtein", "Levenshtein python-Levenshtein"},
    {"MySQLdb", "mysqlclient"},
    {"OpenSSL", "pyOpenSSL"},
    {"PIL", "Pillow"},
    {"attr", "attrs"},
    {"bs4", "beautifulsoup4"},
    {"cv2", "opencv-python opencv-python-headless opencv-contrib-python"},
    {"dateutil", "python-dateutil"},
    {"decouple", "python-decouple"},
    {"discord", "discord.py"},
    {"dns", "dnspython"},
    {"docx", "python-docx"},
    {"dotenv", "python-dotenv"},
    {"environ", "django-environ"},
    {"faiss", "faiss-cpu faiss-gpu"},
    {"fitz", "PyMuPDF"},
    {"flask_cors", "Flask-Cors"},
    {"flask_sqlalchemy", "Flask-SQLAlchemy"},
    {"git", "GitPython"},
    {"github", "PyGithub"},
    {"google.protobuf", "protobuf"},
    {"grpc", "grpcio"},
    {"hydra", "hydra-core"},
    {"jose", "python-jose"},
    {"jwt", "PyJWT"},
    {"kafka", "kafka-python"},
    {"ldap", "python-ldap"},
    {"magic", "python-magic"},
    {"markdown", "Markdown"},
    {"memcache", "python-memcached"},
    {"mpl_toolkits", "matplotlib"},
    {"nacl", "PyNaCl"},
    {"pkg_resources", "setuptools"},
    {"pptx", "python-pptx"},
    {"pq", "psycopg"},
    {"psycopg2", "psycopg2-binary psycopg2"},
    {"pytest_cov", "pytest-cov"},
    {"pytest_django", "pytest-django"},
    {"serial", "pyserial"},
    {"skimage", "scikit-image"},
    {"sklearn", "scikit-learn"},
    {"slugify", "python-slugify"},
    {"snappy", "python-snappy"},
    {"socks", "PySocks"},
    {"telegram", "python-telegram-bot"},
    {"umap", "umap-learn"},
    {"usb", "pyusb"},
    {"websocket", "websocket-client"},
    {"win32api", "pywin32"},
    {"wx", "wxPython"},
    {"xdist", "pytest-xdist"},
    {"yaml", "PyYAML"},
    {"zmq", "pyzmq"},
};

enum { MODULE_COUNT = sizeof MODULES / sizeof *MODULES };

const char *ff_known_packages_of(ff_slice name)
{
    const ff_known_app *app = ff_known_app_of(name);
    for (size_t i = 0; i < MODULE_COUNT; i++)
        if (ff_slice_eq(name, ff_slice_of(MODULES[i].module)))
            return MODULES[i].packages;
    return app ? app->package : NULL;
}

const char *ff_known_module_at(size_t index)
{
    return index < MODULE_COUNT ? MODULES[index].module : NULL;
}
