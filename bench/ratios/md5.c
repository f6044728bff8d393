// How many keys one thread hashes in a second of processor time
// `md5 COUNT SECONDS < keys`, one key a line. Source: RFC 1321.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const uint32_t K[64] = {
#include "md5_constants.h"
};
#define F(x, y, z) (z ^ (x & (y ^ z)))
#define G(x, y, z) (y ^ (z & (x ^ y)))
#define H(x, y, z) (x ^ y ^ z)
#define I(x, y, z) (y ^ (x | ~z))
#define ROTATE(x, n) ((x << n) | (x >> (32 - n)))
#define STEP(f, a, b, c, d, word, i, n)                     \
  a = b + ROTATE((uint32_t)(a + f(b, c, d) + w[word] + K[i]), n);
#define FOUR(f, i, w0, w1, w2, w3, n0, n1, n2, n3) \
  STEP(f, a, b, c, d, w0, i, n0)                    \
  STEP(f, d, a, b, c, w1, i + 1, n1)                \
  STEP(f, c, d, a, b, w2, i + 2, n2)                \
  STEP(f, b, c, d, a, w3, i + 3, n3)

static void mix(uint32_t state[4], const uint32_t w[16]) {
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  FOUR(F, 0, 0, 1, 2, 3, 7, 12, 17, 22)
  FOUR(F, 4, 4, 5, 6, 7, 7, 12, 17, 22)
  FOUR(F, 8, 8, 9, 10, 11, 7, 12, 17, 22)
  FOUR(F, 12, 12, 13, 14, 15, 7, 12, 17, 22)
  FOUR(G, 16, 1, 6, 11, 0, 5, 9, 14, 20)
  FOUR(G, 20, 5, 10, 15, 4, 5, 9, 14, 20)
  FOUR(G, 24, 9, 14, 3, 8, 5, 9, 14, 20)
  FOUR(G, 28, 13, 2, 7, 12, 5, 9, 14, 20)
  FOUR(H, 32, 5, 8, 11, 14, 4, 11, 16, 23)
  FOUR(H, 36, 1, 4, 7, 10, 4, 11, 16, 23)
  FOUR(H, 40, 13, 0, 3, 6, 4, 11, 16, 23)
  FOUR(H, 44, 9, 12, 15, 2, 4, 11, 16, 23)
  FOUR(I, 48, 0, 7, 14, 5, 6, 10, 15, 21)
  FOUR(I, 52, 12, 3, 10, 1, 6, 10, 15, 21)
  FOUR(I, 56, 8, 15, 6, 13, 6, 10, 15, 21)
  FOUR(I, 60, 4, 11, 2, 9, 6, 10, 15, 21)
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
}

static void md5(const char *text, size_t length, uint32_t state[4]) {
  uint32_t block[16];
  uint64_t bits = (uint64_t)length * 8;
  state[0] = 0x67452301;
  state[1] = 0xefcdab89;
  state[2] = 0x98badcfe;
  state[3] = 0x10325476;
  for (; length >= 64; length -= 64, text += 64) {
    memcpy(block, text, 64);
    mix(state, block);
  }
  memcpy(block, text, length);
  ((char *)block)[length] = (char)0x80;
  memset((char *)block + length + 1, 0, 63 - length);
  if (length >= 56) {
    mix(state, block);
    memset(block, 0, 56);
  }
  memcpy(block + 14, &bits, 8);
  mix(state, block);
}

// Seconds of processor time.
static double now(void) { return (double)clock() / CLOCKS_PER_SEC; }

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  int count = atoi(argv[1]);
  double seconds = atof(argv[2]);
  char(*keys)[256] = malloc((size_t)count * 256);
  size_t *lengths = malloc((size_t)count * sizeof(size_t));
  for (int i = 0; i < count; i++) {
    if (!fgets(keys[i], 256, stdin)) return 3;
    lengths[i] = strcspn(keys[i], "\n");
  }
  uint32_t state[4], sum = 0;
  long hashed = 0;
  double start = now(), elapsed = 0;
  while (elapsed < seconds) {
    for (int i = 0; i < count; i++) {
      md5(keys[i], lengths[i], state);
      sum += state[0];
    }
    hashed += count;
    elapsed = now() - start;
  }
  // The sum keeps the compiler from leaving the work out.
  printf("%.1f %u\n", hashed / elapsed, sum);
  return 0;
}
