/*
 * TFTP load client for the benchmarks: many phones in one thread, so cheap that it is not the limit.
 *
 *   tftp-load ADDRESS PORT FILE SIZE TRANSFERS AT_ONCE BLKSIZE WINDOW LOSS TIMEOUT_MS VANISH SEED MOST_SECONDS
 *
 * Keeps AT_ONCE transfers running until TRANSFERS have ended, each from a socket of its own, or MOST_SECONDS are over
 * (0 for never): then the rate of bytes counts, and what still runs is neither failed nor timed. LOSS (0-1) drops packets
 * in both directions, TIMEOUT_MS is the phone's own timer, VANISH=1 closes the socket instead of sending the last ACK.
 * Every transfer's size is checked, and every byte against the pattern byte[i] = (i * 7 + i / 251) & 255.
 * Prints one line of JSON with the time of each transfer in milliseconds.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Packets of a window that are read by one call. */
#define BATCH 32

typedef struct {
  int fd, active, connected, blksize, window, since, tries;
  uint32_t expected;
  long got;
  double began, due;
  unsigned char last[128];
  int last_length;
} Phone;

static struct sockaddr_in server;
static const char *file;
static long size, transfers, begun, ended, failed, wrong, timeouts, datagrams, bytes_in_order;
static int at_once, ask_blksize, ask_window, vanish, epoll;
static double loss, timer_ms, most_ms;
static uint64_t state;
static double *took;

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int lost(void) {
  if (loss <= 0) return 0;
  state ^= state << 13; state ^= state >> 7; state ^= state << 17;
  return (state >> 11) * (1.0 / 9007199254740992.0) < loss;
}

/* The pattern comes again after 256 * 251 bytes: once, and a whole block behind it, is enough to compare any block with. */
#define PERIOD (256 * 251)
static unsigned char pattern[PERIOD + 65536];

static void send_last(Phone *p, double now) {
  p->due = now + timer_ms;
  if (lost()) return;
  if (p->connected) send(p->fd, p->last, p->last_length, 0);
  else sendto(p->fd, p->last, p->last_length, 0, (struct sockaddr *)&server, sizeof server);
}

static void begin(Phone *p, int index) {
  if (begun >= transfers) return;
  begun += 1;
  memset(p, 0, sizeof *p);
  p->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  if (p->fd < 0) { perror("socket"); exit(2); }
  struct epoll_event event = { .events = EPOLLIN, .data.u32 = (uint32_t)index };
  epoll_ctl(epoll, EPOLL_CTL_ADD, p->fd, &event);
  p->active = 1;
  p->expected = 1;
  p->blksize = 512;
  p->window = 1;
  unsigned char *at = p->last;
  *at++ = 0; *at++ = 1;
  at += sprintf((char *)at, "%s", file) + 1;
  at += sprintf((char *)at, "octet") + 1;
  if (ask_blksize != 512) { at += sprintf((char *)at, "blksize") + 1; at += sprintf((char *)at, "%d", ask_blksize) + 1; }
  if (ask_window != 1) { at += sprintf((char *)at, "windowsize") + 1; at += sprintf((char *)at, "%d", ask_window) + 1; }
  p->last_length = (int)(at - p->last);
  p->began = now_ms();
  send_last(p, p->began);
}

static void finish(Phone *p, int index, int ok) {
  close(p->fd);
  p->active = 0;
  if (!ok) failed += 1;
  else if (p->got != size) wrong += 1;
  took[ended++] = ok ? now_ms() - p->began : -1;
  begin(p, index);
}

static void acknowledge(Phone *p, double now) {
  uint32_t block = (p->expected - 1) & 0xffff;
  p->last[0] = 0; p->last[1] = 4; p->last[2] = block >> 8; p->last[3] = block & 255;
  p->last_length = 4;
  p->since = 0;
  send_last(p, now);
}

static void answer(Phone *p, int index, unsigned char *bytes, long length, struct sockaddr_in *from, double now) {
  datagrams += 1;
  if (length < 4) return;
  if (!p->connected) {
    if (connect(p->fd, (struct sockaddr *)from, sizeof *from) < 0) return;
    p->connected = 1;
  }
  if (bytes[1] == 5) { finish(p, index, 0); return; }
  if (bytes[1] == 6) {
    if (p->expected != 1) return;
    for (unsigned char *at = bytes + 2, *end = bytes + length; at < end;) {
      char *name = (char *)at; at += strlen(name) + 1;
      if (at >= end) break;
      if (!strcasecmp(name, "blksize")) p->blksize = atoi((char *)at);
      if (!strcasecmp(name, "windowsize")) p->window = atoi((char *)at);
      at += strlen((char *)at) + 1;
    }
    p->tries = 0;
    acknowledge(p, now);
    return;
  }
  if (bytes[1] != 3) return;
  uint32_t block = bytes[2] << 8 | bytes[3];
  if (block != (p->expected & 0xffff)) {
    /* An old block: our ACK was lost, say it again. One from the future: a gap in the window (RFC 7440). */
    if (((p->expected - 1 - block) & 0xffff) < 0x8000 || p->since > 0) acknowledge(p, now);
    return;
  }
  long data = length - 4;
  if (memcmp(bytes + 4, pattern + p->got % PERIOD, (size_t)data) != 0) wrong += 1;
  p->got += data;
  bytes_in_order += data;
  p->expected += 1;
  p->since += 1;
  p->tries = 0;
  p->due = now + timer_ms;
  if (data < p->blksize) {
    if (!vanish) acknowledge(p, now);
    finish(p, index, 1);
  } else if (p->since >= p->window) acknowledge(p, now);
}

int main(int argc, char **argv) {
  if (argc != 14) { fprintf(stderr, "usage: see the head of tftp-load.c\n"); return 2; }
  server.sin_family = AF_INET;
  inet_pton(AF_INET, argv[1], &server.sin_addr);
  server.sin_port = htons((uint16_t)atoi(argv[2]));
  file = argv[3]; size = atol(argv[4]); transfers = atol(argv[5]); at_once = atoi(argv[6]);
  ask_blksize = atoi(argv[7]); ask_window = atoi(argv[8]); loss = atof(argv[9]); timer_ms = atof(argv[10]);
  vanish = atoi(argv[11]); most_ms = atof(argv[13]) * 1e3; state = 0x9e3779b97f4a7c15ull ^ (strtoull(argv[12], 0, 10) * 0x2545f4914f6cdd1dull);
  if (strlen(file) > 60) { fprintf(stderr, "file name too long\n"); return 2; }
  for (long i = 0; i < (long)sizeof pattern; i += 1) pattern[i] = (unsigned char)(i * 7 + i / 251);
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  took = calloc((size_t)transfers, sizeof *took);
  Phone *phones = calloc((size_t)at_once, sizeof *phones);
  epoll = epoll_create1(0);
  double start = now_ms(), swept = start;
  for (int i = 0; i < at_once; i += 1) begin(&phones[i], i);
  static unsigned char bytes[BATCH][65536];
  static struct mmsghdr messages[BATCH];
  static struct iovec parts[BATCH];
  static struct sockaddr_in froms[BATCH];
  for (int i = 0; i < BATCH; i += 1) {
    parts[i] = (struct iovec){ bytes[i], sizeof bytes[i] };
    messages[i].msg_hdr = (struct msghdr){ .msg_name = &froms[i], .msg_iov = &parts[i], .msg_iovlen = 1 };
  }
  struct epoll_event events[256];
  while (ended < transfers) {
    int n = epoll_wait(epoll, events, 256, 10);
    double now = now_ms();
    if (most_ms > 0 && now - start >= most_ms) break;
    for (int e = 0; e < n; e += 1) {
      int index = (int)events[e].data.u32;
      Phone *p = &phones[index];
      if (!p->active) continue;
      double before = p->began;
      int batch = p->window == 1 ? 1 : BATCH;
      for (int i = 0; i < batch; i += 1) messages[i].msg_hdr.msg_namelen = sizeof froms[i];
      int count = recvmmsg(p->fd, messages, (unsigned)batch, 0, NULL);
      for (int i = 0; i < count && p->active && p->began == before; i += 1) {
        if (!lost()) answer(p, index, bytes[i], messages[i].msg_len, &froms[i], now);
      }
    }
    if (now - swept < 10) continue;
    swept = now;
    for (int i = 0; i < at_once; i += 1) {
      Phone *p = &phones[i];
      if (!p->active || now < p->due) continue;
      timeouts += 1;
      if (++p->tries > 10) finish(p, i, 0); /* a phone gives up too */
      else if (p->since > 0) acknowledge(p, now);
      else send_last(p, now);
    }
  }
  double seconds = (now_ms() - start) / 1e3;
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  double cpu = used.ru_utime.tv_sec * 1e3 + used.ru_utime.tv_usec / 1e3 + used.ru_stime.tv_sec * 1e3 + used.ru_stime.tv_usec / 1e3;
  printf("{\"seconds\":%.4f,\"failed\":%ld,\"wrong\":%ld,\"timeouts\":%ld,\"datagrams\":%ld,\"bytes\":%ld,\"cpuMs\":%.1f,\"took\":[", seconds, failed, wrong, timeouts, datagrams, bytes_in_order, cpu);
  for (long i = 0; i < ended; i += 1) printf("%s%.2f", i ? "," : "", took[i]);
  printf("]}\n");
  return 0;
}
