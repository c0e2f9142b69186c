#include "fetch/cache.h"

/* Placeholder until the cache is merged: it holds nothing. */
ff_status ff_cache_open(ff_cache **cache, const char *folder, ff_error *error)
{
    (void)cache;
    (void)folder;
    return ff_error_set(error, FF_NOT_FOUND, "no cache yet");
}

void ff_cache_close(ff_cache *cache)
{
    (void)cache;
}

ff_status ff_cache_find(ff_cache *cache, ff_slice url, ff_cache_entry *entry)
{
    (void)cache;
    (void)url;
    *entry = (ff_cache_entry){0};
    return FF_NOT_FOUND;
}

void ff_cache_entry_release(ff_cache_entry *entry)
{
    ff_buf_release(&entry->etag);
    ff_buf_release(&entry->next);
    ff_body_release(&entry->body);
}

ff_status ff_cache_keep(ff_cache *cache, ff_slice url, ff_slice etag, ff_slice next, const ff_body *body)
{
    (void)cache;
    (void)url;
    (void)etag;
    (void)next;
    (void)body;
    return FF_IO;
}

void ff_cache_forget(ff_cache *cache, ff_slice url)
{
    (void)cache;
    (void)url;
}
