#include <pthread.h>
typedef long fn(long, void *);
struct job { fn *f; long i; void *data; long result; };

static void *run(void *p) {
  struct job *j = p;
  j->result = j->f(j->i, j->data);
  return 0;
}

long started(fn *f, int n, void *data) {
  pthread_t threads[8];
  struct job jobs[8];
  long sum = 0;
  for (int i = 0; i < n; i++) {
    jobs[i] = (struct job){f, i + 1, data, 0};
    pthread_create(&threads[i], 0, run, &jobs[i]);
  }
  for (int i = 0; i < n; i++) {
    pthread_join(threads[i], 0);
    sum += jobs[i].result;
  }
  return sum;
}
