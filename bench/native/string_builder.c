// A text built piece by piece in a growing buffer: words, numbers and separators.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 300
#define LINES 100000

typedef struct {
  uint8_t *ptr;
  int64_t len;
} String;

#define TEXT(t) {(uint8_t *)(t), sizeof(t) - 1}
static const String words[7] = {
    TEXT("alpha"), TEXT("be"),   TEXT("gamma"), TEXT("d"), TEXT("epsilon"),
    TEXT("zeta"),  TEXT("longer than the others")};

typedef struct {
  uint8_t *bytes;
  int64_t size;
  int64_t len;
} Builder;

static void reserve(Builder *b, int64_t extra) {
  int64_t need = b->len + extra;
  if (need <= b->size) {
    return;
  }
  int64_t size = b->size == 0 ? 64 : b->size * 2;
  while (size < need) {
    size *= 2;
  }
  uint8_t *bytes = malloc(size);
  memcpy(bytes, b->bytes, b->size < size ? b->size : size);
  free(b->bytes);
  b->bytes = bytes;
  b->size = size;
}

static void add(Builder *b, String text) {
  reserve(b, text.len);
  for (int64_t i = 0; i < text.len; i++) {
    b->bytes[b->len + i] = text.ptr[i];
  }
  b->len += text.len;
}

static void add_byte(Builder *b, uint8_t byte) {
  reserve(b, 1);
  b->bytes[b->len] = byte;
  b->len++;
}

static void add_number(Builder *b, int64_t n) {
  uint8_t digits[20];
  int64_t at = 20;
  uint64_t rest = n;
  do {
    digits[--at] = rest % 10 + '0';
    rest /= 10;
  } while (rest != 0);
  add(b, (String){&digits[at], 20 - at});
}

int main(void) {
  uint64_t sum = 0;
  for (int64_t round = 0; round < ROUNDS; round++) {
    Builder b = {0, 0, 0};
    for (int64_t i = 0; i < LINES; i++) {
      add(&b, words[(i + round) % 7]);
      add_byte(&b, ' ');
      add_number(&b, i * round);
      add_byte(&b, '\n');
    }
    for (int64_t i = 0; i < b.len / 16; i++) {
      sum = sum * 31 + b.bytes[i * 16];
    }
    free(b.bytes);
  }
  printf("%lu\n", sum);
  return 0;
}
