// A hash table with open addressing: numbers counted by key, then looked up.

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define OPERATIONS 20000000
#define KEYS 50000

typedef struct {
  uint64_t key;
  int64_t count;
  bool used;
} Slot;

typedef struct {
  Slot *slots;
  int64_t size;
  int64_t used;
} Table;

static Table make(int64_t size) { return (Table){calloc(size, sizeof(Slot)), size, 0}; }

// The slot of a key, or the free one where it belongs.
static Slot *find(Table *t, uint64_t key) {
  int64_t mask = t->size - 1;
  int64_t at = (int64_t)(key * 0x9e3779b97f4a7c15 >> 32) & mask;
  while (t->slots[at].used && t->slots[at].key != key) {
    at = (at + 1) & mask;
  }
  return &t->slots[at];
}

static void grow(Table *t) {
  Slot *old = t->slots;
  int64_t size = t->size;
  t->slots = calloc(size * 2, sizeof(Slot));
  t->size = size * 2;
  for (int64_t i = 0; i < size; i++) {
    if (old[i].used) {
      *find(t, old[i].key) = old[i];
    }
  }
  free(old);
}

static void add(Table *t, uint64_t key) {
  if (t->used * 2 >= t->size) {
    grow(t);
  }
  Slot *slot = find(t, key);
  if (!slot->used) {
    slot->used = true;
    slot->key = key;
    t->used++;
  }
  slot->count++;
}

static bool count_of(Table *t, uint64_t key, int64_t *count) {
  Slot *slot = find(t, key);
  if (!slot->used) {
    return false;
  }
  *count = slot->count;
  return true;
}

static uint64_t next(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

int main(void) {
  Table table = make(16);
  uint64_t random = 88172645463325252;
  for (int64_t i = 0; i < OPERATIONS; i++) {
    add(&table, next(&random) % KEYS);
  }
  int64_t sum = 0, missing = 0;
  for (int64_t i = 0; i < OPERATIONS; i++) {
    int64_t count;
    if (count_of(&table, (uint64_t)(i % (KEYS * 2)), &count)) {
      sum += count;
    } else {
      missing++;
    }
  }
  printf("%ld %ld %ld\n", table.used, sum, missing);
  return 0;
}
