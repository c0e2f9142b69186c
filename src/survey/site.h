/* The repositories of a survey, each once, whatever list named it. */
#ifndef FF_SURVEY_SITE_H
#define FF_SURVEY_SITE_H

#include "survey/server.h"

typedef struct ff_site {
    ff_server *server;    /* borrowed */
    ff_slice owner, name; /* as asked for */
    ff_slice called;      /* OWNER/REPO as GitHub calls it now; until that is known, as asked for */
    ff_status status;     /* of its listing */
    ff_slice why;         /* unless FF_OK: one line */
    bool done;            /* the listing was tried */
} ff_site;

typedef struct ff_sites {
    ff_arena *arena; /* borrowed */
    ff_site *items;
    size_t count, cap;
} ff_sites;

/* Adds OWNER/REPO or HOST/OWNER/REPO, unless it is there. FF_OK; FF_MISUSE for words that name none; as
 * ff_servers_find. */
ff_status ff_sites_add(ff_sites *sites, ff_servers *servers, ff_slice words, ff_error *error);

/* Takes ORG or HOST/ORG apart; `server` is the one it is on. As ff_sites_add. */
ff_status ff_sites_organization(ff_servers *servers, ff_slice words, ff_server **server, ff_slice *name,
                                ff_error *error);

/* What notes call it: HOST/OWNER/REPO, on github.com OWNER/REPO; and likewise anything else on a server. In `arena`;
 * without memory without the host. */
ff_slice ff_site_label(const ff_site *site, ff_arena *arena);
ff_slice ff_site_label_on(const ff_server *server, ff_slice name, ff_arena *arena);

#endif
