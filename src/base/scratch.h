/* Private temporary files: for their owner only, in TMPDIR or /tmp, without a name before the first byte is written. */
#ifndef FF_BASE_SCRATCH_H
#define FF_BASE_SCRATCH_H

/* A new empty file, open for reading and writing; it is gone when the descriptor is closed. -1 with errno. */
int ff_scratch_open(void);

#endif
