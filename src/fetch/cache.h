/* Answers kept on disk from one call of the program to the next, so that an unchanged one costs no quota and a triage
 * can be repeated offline.
 *
 * One file an entry, named by the SHA-256 of its URL, 0600 in a folder of 0700 ($XDG_CACHE_HOME/firstfault or
 * ~/.cache/firstfault). Entries are written beside and renamed, so several processes may share the folder; a damaged or
 * foreign file is no entry; several threads may use an open cache at once. All together stay near FF_LIMIT_CACHE_BYTES:
 * the longest unused go first. No token, no request header and no signed URL is ever in it.
 *
 *     ff_cache *cache = NULL;
 *     ff_cache_open(&cache, NULL, &error);
 *     if (ff_cache_find(cache, url, &entry) == FF_OK) ... entry.etag ... entry.body ...
 */
#ifndef FF_FETCH_CACHE_H
#define FF_FETCH_CACHE_H

#include "fetch/body.h"

typedef struct ff_cache ff_cache;

typedef struct ff_cache_entry {
    ff_buf etag;  /* may be empty; owned */
    ff_buf next;  /* URL of the next page; may be empty; owned */
    ff_body body; /* owned */
} ff_cache_entry;

/* Opens the cache in `folder`, or in its usual place for NULL. FF_OK; FF_NOT_FOUND when the environment names no place;
 * FF_IO when the folder cannot be made or belongs to somebody else; FF_NOMEM. */
ff_status ff_cache_open(ff_cache **cache, const char *folder, ff_error *error);
void ff_cache_close(ff_cache *cache); /* NULL is fine */

/* Other bounds than FF_LIMIT_CACHE_BYTES and FF_LIMIT_CACHE_FILES. */
void ff_cache_bound(ff_cache *cache, uint64_t bytes, size_t files);

/* Looks an entry up; it counts as used now. FF_OK; FF_NOT_FOUND (also for a damaged one); FF_NOMEM. Release the entry
 * in any case. */
ff_status ff_cache_find(ff_cache *cache, ff_slice url, ff_cache_entry *entry);
void ff_cache_entry_release(ff_cache_entry *entry); /* a zeroed one is fine */

/* Keeps an answer, replacing an older one. FF_OK; FF_LIMIT (longer than FF_LIMIT_CACHE_ENTRY_BYTES, or a text above
 * FF_LIMIT_HEADER_BYTES or with line ends: not kept), FF_IO, FF_NOMEM. A failure is no loss to the caller. */
ff_status ff_cache_keep(ff_cache *cache, ff_slice url, ff_slice etag, ff_slice next, const ff_body *body);

/* Removes an entry, if there is one. */
void ff_cache_forget(ff_cache *cache, ff_slice url);

#endif
