/*
 * HTTP load client for the benchmarks: many downloads in one thread, each checked by its length and its SHA-256.
 *
 *   http-load ADDRESS PORT TLS PATH NAMES AGENT SIZE SHA256 DOWNLOADS AT_ONCE GAP_MS MB_PER_S
 *
 * Keeps AT_ONCE downloads running until DOWNLOADS have ended, each over a connection of its own. TLS=1 speaks HTTPS and
 * checks no certificate. An asterisk in PATH or AGENT becomes six hexadecimal digits that count up to NAMES. SIZE 0 takes any
 * length, SHA256 - hashes nothing. After a download its place rests for GAP_MS. MB_PER_S is the cable, 0 none. SIGTERM ends the run early. Prints one line
 * of JSON: the time of each whole download in milliseconds, and what the client itself cost.
 * The few functions of OpenSSL 3 are declared here, so that its headers are not needed: -l:libssl.so.3 -l:libcrypto.so.3
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;
typedef struct evp_md_ctx_st EVP_MD_CTX;
const void *TLS_client_method(void);
SSL_CTX *SSL_CTX_new(const void *);
SSL *SSL_new(SSL_CTX *);
int SSL_set_fd(SSL *, int);
int SSL_connect(SSL *);
int SSL_read(SSL *, void *, int);
int SSL_write(SSL *, const void *, int);
int SSL_get_error(const SSL *, int);
void SSL_free(SSL *);
EVP_MD_CTX *EVP_MD_CTX_new(void);
const void *EVP_sha256(void);
int EVP_DigestInit_ex(EVP_MD_CTX *, const void *, void *);
int EVP_DigestUpdate(EVP_MD_CTX *, const void *, size_t);
int EVP_DigestFinal_ex(EVP_MD_CTX *, unsigned char *, unsigned *);

enum { RESTING, CONNECTING, SHAKING, HEADER, BODY };

typedef struct {
  int fd, state, head_length;
  SSL *ssl;
  EVP_MD_CTX *hash;
  long long got, length;
  double began, due;
  char head[4096];
} Phone;

static struct sockaddr_in server;
static SSL_CTX *tls;
static const char *path, *agent, *digest;
static volatile sig_atomic_t stop;
static long long size, bytes;
static long names, downloads, begun, ended, failed, wrong;
static int at_once, epoll;
static double gap_ms, *took;
static char buffer[262144];

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void on_term(int signal) {
  (void)signal;
  stop = 1;
}

static void begin(Phone *p) {
  p->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  p->state = CONNECTING;
  p->head_length = 0;
  p->got = 0;
  p->length = -1;
  p->began = now_ms();
  begun++;
  connect(p->fd, (struct sockaddr *)&server, sizeof server);
  struct epoll_event event = { .events = EPOLLOUT, .data.ptr = p };
  epoll_ctl(epoll, EPOLL_CTL_ADD, p->fd, &event);
  if (digest) EVP_DigestInit_ex(p->hash, EVP_sha256(), NULL);
}

static void end(Phone *p, int good) {
  double now = now_ms();
  took[ended++] = now - p->began;
  if (good && digest) {
    unsigned char sum[32];
    char hex[65];
    EVP_DigestFinal_ex(p->hash, sum, NULL);
    for (int i = 0; i < 32; i++) sprintf(hex + 2 * i, "%02x", sum[i]);
    if (strcmp(hex, digest)) wrong++;
  }
  if (!good) failed++;
  if (p->ssl) SSL_free(p->ssl);
  p->ssl = NULL;
  close(p->fd);
  p->state = RESTING;
  p->due = now + gap_ms;
  if (gap_ms <= 0 && begun < downloads) begin(p);
}

static void wait_for(Phone *p, unsigned events) {
  struct epoll_event event = { .events = events, .data.ptr = p };
  epoll_ctl(epoll, EPOLL_CTL_MOD, p->fd, &event);
}

static void fill(char *text, size_t room, const char *template, long number) {
  const char *star = strchr(template, '*');
  if (star) snprintf(text, room, "%.*s%06lx%s", (int)(star - template), template, number, star + 1);
  else snprintf(text, room, "%s", template);
}

static void ask(Phone *p) {
  char name[1024], who[256], request[2048];
  fill(name, sizeof name, path, begun % names);
  fill(who, sizeof who, agent, begun % names);
  int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: bench\r\nUser-Agent: %s\r\nConnection: close\r\n\r\n", name, who);
  long sent = p->ssl ? SSL_write(p->ssl, request, length) : send(p->fd, request, length, MSG_NOSIGNAL);
  if (sent != length) { end(p, 0); return; }
  p->state = HEADER;
  wait_for(p, EPOLLIN);
}

/* 1 when the download has ended. */
static int take(Phone *p, const char *data, long length) {
  if (p->state == HEADER) {
    long room = (long)sizeof p->head - 1 - p->head_length, part = length < room ? length : room;
    memcpy(p->head + p->head_length, data, part);
    int before = p->head_length;
    p->head_length += part;
    p->head[p->head_length] = 0;
    char *close = strstr(p->head, "\r\n\r\n");
    if (!close) {
      if (part == room) { end(p, 0); return 1; }
      return 0;
    }
    char *field = strcasestr(p->head, "\r\ncontent-length:");
    if (strncmp(p->head, "HTTP/1.1 200", 12) || !field || field > close) { end(p, 0); return 1; }
    p->length = atoll(field + 17);
    if (size && p->length != size) { end(p, 0); return 1; }
    p->state = BODY;
    long used = close + 4 - p->head - before;
    data += used;
    length -= used;
  }
  if (digest) EVP_DigestUpdate(p->hash, data, length);
  p->got += length;
  bytes += length;
  if (p->got < p->length) return 0;
  end(p, p->got == p->length);
  return 1;
}

static void read_some(Phone *p) {
  /* A few pieces each turn: fair to the others. */
  for (int turn = 0; turn < 4; turn++) {
    long length;
    if (p->ssl) {
      int most = 16384;
      length = 0;
      while (length + most <= (long)sizeof buffer) {
        int part = SSL_read(p->ssl, buffer + length, most);
        if (part > 0) { length += part; continue; }
        int error = SSL_get_error(p->ssl, part);
        if (length == 0 && error != 2 && error != 3) { end(p, 0); return; }
        break;
      }
      if (length == 0) return;
      if (take(p, buffer, length)) return;
      if (length + most <= (long)sizeof buffer) return;
      continue;
    }
    length = recv(p->fd, buffer, sizeof buffer, 0);
    if (length < 0 && errno == EAGAIN) return;
    if (length <= 0) { end(p, 0); return; }
    if (take(p, buffer, length)) return;
    if (length < (long)sizeof buffer) return;
  }
}

static void shake(Phone *p) {
  int done = SSL_connect(p->ssl);
  if (done == 1) { ask(p); return; }
  int error = SSL_get_error(p->ssl, done);
  if (error == 2) wait_for(p, EPOLLIN);
  else if (error == 3) wait_for(p, EPOLLOUT);
  else end(p, 0);
}

int main(int count, char **arguments) {
  if (count != 13) { fputs("usage: see the top of http-load.c\n", stderr); return 2; }
  server.sin_family = AF_INET;
  inet_pton(AF_INET, arguments[1], &server.sin_addr);
  server.sin_port = htons(atoi(arguments[2]));
  if (atoi(arguments[3])) tls = SSL_CTX_new(TLS_client_method());
  path = arguments[4];
  names = atol(arguments[5]);
  agent = arguments[6];
  size = atoll(arguments[7]);
  digest = strlen(arguments[8]) == 64 ? arguments[8] : NULL;
  downloads = atol(arguments[9]);
  at_once = atoi(arguments[10]);
  gap_ms = atof(arguments[11]);
  double cable = atof(arguments[12]);
  signal(SIGTERM, on_term);
  if (at_once > downloads) at_once = downloads;
  took = calloc(downloads, sizeof *took);
  Phone *phones = calloc(at_once, sizeof *phones);
  epoll = epoll_create1(0);
  double start = now_ms();
  for (int i = 0; i < at_once; i++) {
    phones[i].hash = EVP_MD_CTX_new();
    /* With a gap they begin spread over it. */
    phones[i].due = start + gap_ms * i / at_once;
  }
  while (ended < downloads && !stop) {
    double now = now_ms(), next = now + 1000;
    double ahead = cable > 0 ? bytes / cable / 1e3 - (now - start) : 0;
    if (ahead > 1) {
      usleep(ahead > 50 ? 50000 : (unsigned)(ahead * 1e3));
      continue;
    }
    for (int i = 0; i < at_once; i++) {
      if (phones[i].state != RESTING || begun >= downloads) continue;
      if (phones[i].due <= now) begin(&phones[i]);
      else if (phones[i].due < next) next = phones[i].due;
    }
    struct epoll_event events[256];
    int ready = epoll_wait(epoll, events, 256, (int)(next - now) + 1);
    for (int i = 0; i < ready; i++) {
      Phone *p = events[i].data.ptr;
      if (p->state == CONNECTING) {
        int error = 0;
        socklen_t length = sizeof error;
        getsockopt(p->fd, SOL_SOCKET, SO_ERROR, &error, &length);
        if (error) { end(p, 0); continue; }
        if (!tls) { ask(p); continue; }
        p->ssl = SSL_new(tls);
        SSL_set_fd(p->ssl, p->fd);
        p->state = SHAKING;
      }
      if (p->state == SHAKING) shake(p);
      else if (p->state != RESTING) read_some(p);
    }
  }
  double seconds = (now_ms() - start) / 1e3;
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  double cpu = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
  printf("{\"downloads\":%ld,\"failed\":%ld,\"wrong\":%ld,\"bytes\":%lld,\"seconds\":%.4f,\"clientCpuMs\":%.1f,\"took\":[", ended, failed, wrong, bytes, seconds, cpu);
  for (long i = 0; i < ended; i++) printf(i ? ",%.3f" : "%.3f", took[i]);
  puts("]}");
  return 0;
}
