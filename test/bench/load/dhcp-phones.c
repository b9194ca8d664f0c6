// Phones that look for an address, many at once: DISCOVER, OFFER, REQUEST, ACK by broadcast over one socket on one card.
// usage: dhcp-phones CARD crowd PHONES            all power on in the same moment, each repeats after 1 s of silence
//        dhcp-phones CARD stream AT_ONCE SECONDS  AT_ONCE exchanges are always under way, 2,000 phones in turn
// Prints one line of JSON. Never waits longer than 30 s.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

enum { IDLE, DISCOVERING, REQUESTING, BOUND, MOST = 5000, REPEAT_US = 1000000, LIMIT_US = 30000000, STREAM_PHONES = 2000 };

struct phone { uint8_t state; uint32_t xid; uint32_t address; int64_t began, sent; };
static struct phone phones[MOST];
static int64_t samples[4000000];
static long done, repeats, bound_twice, naks, not_sent;
static int sock;
static uint32_t server, next_xid = 1;
static uint8_t *holder;

static int64_t now_us(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000LL + t.tv_nsec / 1000; }

static void say(int n) {
  static const char class[] = "Cisco Systems, Inc. IP Phone CP-8841-3PCC";
  struct phone *p = &phones[n];
  uint8_t b[320] = {1, 1, 6, 0}; uint8_t *o = b + 240;
  uint32_t xid = htonl(p->xid);
  memcpy(b + 4, &xid, 4); b[10] = 0x80;
  b[28] = 0x00; b[29] = 0x56; b[30] = 0x2b; b[31] = n >> 16; b[32] = n >> 8; b[33] = n;
  memcpy(b + 236, "\x63\x82\x53\x63", 4);
  *o++ = 53; *o++ = 1; *o++ = p->state == DISCOVERING ? 1 : 3;
  *o++ = 60; *o++ = sizeof class - 1; memcpy(o, class, sizeof class - 1); o += sizeof class - 1;
  *o++ = 55; *o++ = 7; memcpy(o, "\x01\x42\x06\x03\x0f\x96\xa0", 7); o += 7;
  if (p->state == REQUESTING) { *o++ = 50; *o++ = 4; memcpy(o, &p->address, 4); o += 4; *o++ = 54; *o++ = 4; memcpy(o, &server, 4); o += 4; }
  *o++ = 255;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(67), .sin_addr = {INADDR_BROADCAST}};
  int size = o - b < 300 ? 300 : o - b;
  if (sendto(sock, b, size, 0, (void *)&to, sizeof to) < 0) not_sent++;
  p->sent = now_us();
}

static void begin(int n) {
  struct phone *p = &phones[n];
  p->state = DISCOVERING; p->xid = next_xid++ * 8192u + n; p->began = now_us();
  say(n);
}

static int hear(const uint8_t *b, int size, int turn) {
  uint32_t xid; memcpy(&xid, b + 4, 4); xid = ntohl(xid);
  int n = xid % 8192, type = 0; uint32_t from = 0;
  if (size < 244 || b[0] != 2 || n >= MOST || phones[n].xid != xid) return -1;
  for (int i = 240; i + 1 < size && b[i] != 255; i += b[i] ? 2 + b[i + 1] : 1) {
    if (b[i] == 53) type = b[i + 2];
    if (b[i] == 54) memcpy(&from, b + i + 2, 4);
  }
  struct phone *p = &phones[n];
  if (type == 2 && p->state == DISCOVERING) { memcpy(&p->address, b + 16, 4); server = from; p->state = REQUESTING; say(n); }
  else if (type == 6) { naks++; p->state = DISCOVERING; say(n); }
  else if (type == 5 && p->state == REQUESTING) {
    uint32_t low = ntohl(p->address) & 0xffff;
    if (turn && holder[low]++) bound_twice++;
    p->state = BOUND; samples[done++] = now_us() - p->began;
    return n;
  }
  return -1;
}

static int order(const void *a, const void *b) { int64_t x = *(int64_t *)a, y = *(int64_t *)b; return x < y ? -1 : x > y; }

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  int stream = !strcmp(argv[2], "stream"), count = atoi(argv[3]), buffer = 16 << 20, on = 1;
  int64_t limit = stream ? atof(argv[4]) * 1000000 : LIMIT_US;
  if (count < 1 || count > MOST) return 2;
  holder = calloc(65536, 1);
  sock = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  setsockopt(sock, SOL_SOCKET, SO_BROADCAST, &on, sizeof on);
  setsockopt(sock, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
  setsockopt(sock, SOL_SOCKET, SO_SNDBUFFORCE, &buffer, sizeof buffer);
  if (setsockopt(sock, SOL_SOCKET, SO_BINDTODEVICE, argv[1], strlen(argv[1]) + 1)) { perror("card"); return 1; }
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(68)};
  if (bind(sock, (void *)&own, sizeof own)) { perror("port 68"); return 1; }
  int64_t start = now_us(), last = start; int turn = 0;
  for (int n = 0; n < count; n++) begin(n);
  turn = count;
  while (now_us() - start < limit && (stream || done < count)) {
    struct pollfd wait = {sock, POLLIN, 0};
    poll(&wait, 1, 5);
    uint8_t b[2048]; ssize_t size;
    while ((size = recv(sock, b, sizeof b, 0)) > 0) {
      int n = hear(b, size, !stream);
      if (n >= 0) last = now_us();
      if (n >= 0 && stream && done < 4000000) {
        int next = turn++ % STREAM_PHONES;
        for (int tries = 0; (phones[next].state == DISCOVERING || phones[next].state == REQUESTING) && tries < STREAM_PHONES; tries++) next = turn++ % STREAM_PHONES;
        begin(next);
      }
    }
    int64_t t = now_us();
    for (int n = 0; n < (stream ? STREAM_PHONES : count); n++)
      if ((phones[n].state == DISCOVERING || phones[n].state == REQUESTING) && t - phones[n].sent > REPEAT_US) { repeats++; say(n); }
  }
  int64_t took = (stream ? now_us() : last) - start;
  struct rusage used; getrusage(RUSAGE_SELF, &used);
  double cpu = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000.0 + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000.0;
  qsort(samples, done, sizeof *samples, order);
  printf("{\"bound\":%ld,\"seconds\":%.4f,\"p50\":%.2f,\"p99\":%.2f,\"repeats\":%ld,\"naks\":%ld,\"twice\":%ld,\"notSent\":%ld,\"cpuMs\":%.1f}\n", done, took / 1e6,
         done ? samples[done / 2] / 1000.0 : 0, done ? samples[done * 99 / 100] / 1000.0 : 0, repeats, naks, bound_twice, not_sent, cpu);
  return 0;
}
