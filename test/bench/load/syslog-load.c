/* Sends numbered syslog lines over UDP at a given rate: syslog-load ADDRESS PORT RATE COUNT SOCKETS
 * Each line is 200 bytes in the shape of a Multiplatform phone's. Due lines are sent with sendmmsg, so that the client
 * costs a few microseconds a line at most. RATE 0 sends as fast as it can. Prints one line of JSON.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SIZE = 200, MOST = 64, MAX_SOCKETS = 256 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void fill(char *line, long number) {
  static const char *words[] = {"registration state kept", "call proceeding on line 1", "handset lifted", "provisioning idle", "network link up"};
  int length = snprintf(line, SIZE, "<134>Nov 22 14:53:41 CP-8841-3PCC 00:56:2b:%02lx:%02lx:%02lx -- voice-bench seq%08ld %s ",
                        (number >> 16) & 255, (number >> 8) & 255, number % 500 & 255, number, words[number % 5]);
  memset(line + length, 'x', SIZE - length);
}

int main(int argc, char **argv) {
  if (argc != 6) {
    fprintf(stderr, "usage: syslog-load ADDRESS PORT RATE COUNT SOCKETS\n");
    return 2;
  }
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
  if (inet_pton(AF_INET, argv[1], &to.sin_addr) != 1) return 2;
  const double rate = atof(argv[3]);
  const long count = atol(argv[4]);
  int sockets = atoi(argv[5]);
  if (sockets < 1 || sockets > MAX_SOCKETS) return 2;
  int fds[MAX_SOCKETS];
  for (int i = 0; i < sockets; i++) {
    fds[i] = socket(AF_INET, SOCK_DGRAM, 0);
    if (fds[i] < 0 || connect(fds[i], (struct sockaddr *)&to, sizeof to) < 0) {
      perror("connect");
      return 3;
    }
  }
  static char lines[MOST][SIZE];
  struct iovec parts[MOST];
  struct mmsghdr messages[MOST];
  long sent = 0, refused = 0;
  const double began = now();
  for (int turn = 0; sent < count; turn++) {
    long due = rate > 0 ? (long)((now() - began) * rate) : count;
    if (due > count) due = count;
    int batch = due - sent > MOST ? MOST : (int)(due - sent);
    if (batch <= 0) {
      struct timespec nap = {0, 500000};
      nanosleep(&nap, NULL);
      continue;
    }
    for (int i = 0; i < batch; i++) {
      fill(lines[i], sent + i);
      parts[i] = (struct iovec){lines[i], SIZE};
      messages[i] = (struct mmsghdr){.msg_hdr = {.msg_iov = &parts[i], .msg_iovlen = 1}};
    }
    int done = sendmmsg(fds[turn % sockets], messages, batch, 0);
    if (done < 0) {
      if (errno == ENOBUFS || errno == EAGAIN || errno == ECONNREFUSED) {
        refused++;
        continue;
      }
      perror("sendmmsg");
      return 3;
    }
    sent += done;
  }
  const double seconds = now() - began;
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  const double cpu = use.ru_utime.tv_sec + use.ru_stime.tv_sec + (use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
  printf("{\"sent\":%ld,\"seconds\":%.4f,\"cpuMs\":%.1f,\"refused\":%ld}\n", sent, seconds, cpu * 1000, refused);
  return 0;
}
