/* A server on this machine for tests of an exchange: a thread a connection, answers by the first word of the path.
 *
 *     /n/X        {"n":"/n/X"} at once; likewise every path that is not one of these
 *     /slow/X     the same after 50 ms; /last/X too, and says that no request is left
 *     /big/X      2 MiB of one byte
 *     /limit/S    429, to be asked again after S seconds; /late/S the same after 200 ms
 *     /down/X     503
 *     /file/X     302 to /n/X
 *     /hang/X     nothing, until the client has gone
 */
#ifndef FF_TESTS_UNIT_FETCH_LOOPBACK_H
#define FF_TESTS_UNIT_FETCH_LOOPBACK_H

#include "base/slice.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { LOOPBACK_CONNECTIONS = 256, LOOPBACK_REQUESTS = 4096, LOOPBACK_BIG = 2 * 1024 * 1024 };

typedef struct loopback {
    int listener;
    unsigned port;
    pthread_t acceptor, threads[LOOPBACK_CONNECTIONS];
    pthread_mutex_t lock; /* of all below */
    size_t connections, requests, flying, peak;
    char paths[LOOPBACK_REQUESTS][32]; /* as they came */
} loopback;

typedef struct loopback_peer {
    loopback *server;
    int fd;
} loopback_peer;

static void loopback_pause(unsigned ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000}, NULL);
}

static bool loopback_send(int fd, const char *bytes, size_t count)
{
    while (count) {
        ssize_t sent = send(fd, bytes, count, MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes += sent;
        count -= (size_t)sent;
    }
    return true;
}

/* The head of one request; false when the client has gone. */
static bool loopback_read(int fd, char head[4096])
{
    size_t len = 0;
    while (len < 4095) {
        ssize_t got = recv(fd, head + len, 1, 0);
        if (got <= 0)
            return false;
        head[++len] = '\0';
        if (len >= 4 && strcmp(head + len - 4, "\r\n\r\n") == 0)
            return true;
    }
    return false;
}

static void loopback_count(loopback *server, const char *path, int more)
{
    pthread_mutex_lock(&server->lock);
    server->flying += (size_t)more;
    if (more == 1) {
        if (server->flying > server->peak)
            server->peak = server->flying;
        (void)snprintf(server->paths[server->requests++ % LOOPBACK_REQUESTS], sizeof server->paths[0], "%s", path);
    }
    pthread_mutex_unlock(&server->lock);
}

static bool loopback_big(int fd)
{
    static char piece[64 * 1024];
    bool sent = true;
    for (size_t at = 0; sent && at < LOOPBACK_BIG; at += sizeof piece)
        sent = loopback_send(fd, piece, sizeof piece);
    return sent;
}

static bool loopback_answer(int fd, const char *path)
{
    char body[128], head[512];
    int tail = snprintf(body, sizeof body, "{\"n\":\"%s\"}", path);
    const char *rest = strchr(path + 1, '/'), *status = "200 OK", *name = "X-Test", *value = "0";
    rest = rest ? rest : path;
    bool big = strncmp(path, "/big/", 5) == 0;
    if (strncmp(path, "/hang/", 6) == 0)
        return recv(fd, head, 1, 0) > 0;
    bool last = strncmp(path, "/last/", 6) == 0;
    if (last || strncmp(path, "/slow/", 6) == 0)
        loopback_pause(50);
    if (strncmp(path, "/late/", 6) == 0)
        loopback_pause(200);
    if (strncmp(path, "/limit/", 7) == 0 || strncmp(path, "/late/", 6) == 0)
        status = "429 Slow", name = "Retry-After", value = rest + 1;
    if (strncmp(path, "/down/", 6) == 0)
        status = "503 Down";
    char target[64];
    (void)snprintf(target, sizeof target, "/n%s", rest);
    if (strncmp(path, "/file/", 6) == 0)
        status = "302 Found", name = "Location", value = target;
    int len = snprintf(head, sizeof head,
                       "HTTP/1.1 %s\r\nContent-Type: application/json\r\nX-RateLimit-Remaining: %d\r\n%s: %s\r\n"
                       "Content-Length: %d\r\n\r\n",
                       status, last ? 0 : 77, name, value, big ? LOOPBACK_BIG : tail);
    return loopback_send(fd, head, (size_t)len) && (big ? loopback_big(fd) : loopback_send(fd, body, (size_t)tail));
}

static void *loopback_serve(void *self)
{
    loopback_peer peer = *(loopback_peer *)self;
    char head[4096], path[32];
    free(self);
    bool on = true;
    while (on && loopback_read(peer.fd, head)) {
        ff_slice rest = ff_slice_of(head), asked = {0};
        if (!ff_slice_take_prefix(&rest, FF_LIT("GET ")) || !ff_slice_take_until(&rest, ' ', &asked))
            abort();
        (void)snprintf(path, sizeof path, "%.*s", FF_ARG(asked));
        loopback_count(peer.server, path, 1);
        on = loopback_answer(peer.fd, path);
        loopback_count(peer.server, path, -1);
    }
    (void)close(peer.fd);
    return NULL;
}

static void *loopback_accept(void *self)
{
    loopback *server = self;
    for (;;) {
        int fd = accept(server->listener, NULL, NULL);
        if (fd < 0)
            return NULL;
        loopback_peer *peer = malloc(sizeof *peer);
        if (!peer || server->connections >= LOOPBACK_CONNECTIONS)
            abort();
        *peer = (loopback_peer){server, fd};
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int)); /* head and body are two sends */
        if (pthread_create(&server->threads[server->connections++], NULL, loopback_serve, peer) != 0)
            abort();
    }
}

static void loopback_open(loopback *server)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    memset(server, 0, sizeof *server);
    server->listener = socket(AF_INET, SOCK_STREAM, 0);
    if (server->listener < 0 || bind(server->listener, (struct sockaddr *)&address, len) != 0 ||
        listen(server->listener, 64) != 0 || getsockname(server->listener, (struct sockaddr *)&address, &len) != 0 ||
        pthread_mutex_init(&server->lock, NULL) != 0 ||
        pthread_create(&server->acceptor, NULL, loopback_accept, server) != 0)
        abort();
    server->port = ntohs(address.sin_port);
}

/* When its clients have gone. */
static void loopback_close(loopback *server)
{
    (void)shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->acceptor, NULL);
    (void)close(server->listener);
    for (size_t i = 0; i < server->connections; i++)
        pthread_join(server->threads[i], NULL);
    pthread_mutex_destroy(&server->lock);
}

static inline size_t loopback_requests(loopback *server)
{
    pthread_mutex_lock(&server->lock);
    size_t requests = server->requests;
    pthread_mutex_unlock(&server->lock);
    return requests;
}

/* How many were under way at once at most. */
static inline size_t loopback_peak(loopback *server)
{
    pthread_mutex_lock(&server->lock);
    size_t peak = server->peak;
    pthread_mutex_unlock(&server->lock);
    return peak;
}

/* Waits until so many requests came, 20 s at most. */
static inline bool loopback_await(loopback *server, size_t requests)
{
    for (unsigned i = 0; i < 2000 && loopback_requests(server) < requests; i++)
        loopback_pause(10);
    return loopback_requests(server) >= requests;
}

#endif
