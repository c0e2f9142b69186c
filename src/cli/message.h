/* One line on standard error: what is wrong and what to do. */
#ifndef FF_CLI_MESSAGE_H
#define FF_CLI_MESSAGE_H

/* Prints `firstfault: ` and the message (printf style) as one safe line: in names that it quotes secrets are masked,
 * and control bytes and workflow commands made visible and inert. */
#if defined(__GNUC__)
__attribute__((format(printf, 1, 2)))
#endif
void ff_message(const char *format, ...);

#endif
