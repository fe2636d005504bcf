// The planets under their mutual gravity: floating-point arithmetic on small structs by value.

#include <math.h>
#include <stdio.h>

#define SOLAR_MASS 39.47841760435743
#define DAYS_PER_YEAR 365.24
#define STEPS 20000000
#define BODIES 5

typedef struct {
  double x, y, z;
} Vec;

static Vec plus(Vec a, Vec b) { return (Vec){a.x + b.x, a.y + b.y, a.z + b.z}; }
static Vec minus(Vec a, Vec b) { return (Vec){a.x - b.x, a.y - b.y, a.z - b.z}; }
static Vec times(Vec a, double k) { return (Vec){a.x * k, a.y * k, a.z * k}; }
static double dot(Vec a, Vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }

typedef struct {
  Vec at;
  Vec velocity;
  double mass;
} Body;

static Body make(Vec at, Vec per_day, double mass) {
  return (Body){at, times(per_day, DAYS_PER_YEAR), mass * SOLAR_MASS};
}

static double energy(const Body *bodies, long count) {
  double e = 0.0;
  for (long i = 0; i < count; i++) {
    const Body *b = &bodies[i];
    e += 0.5 * b->mass * dot(b->velocity, b->velocity);
    for (long j = i + 1; j < count; j++) {
      Vec gap = minus(b->at, bodies[j].at);
      e -= b->mass * bodies[j].mass / sqrt(dot(gap, gap));
    }
  }
  return e;
}

static void advance(Body *bodies, long count, double dt) {
  for (long i = 0; i < count; i++) {
    Body *b = &bodies[i];
    for (long j = i + 1; j < count; j++) {
      Body *other = &bodies[j];
      Vec gap = minus(b->at, other->at);
      double square = dot(gap, gap);
      double pull = dt / (square * sqrt(square));
      b->velocity = minus(b->velocity, times(gap, other->mass * pull));
      other->velocity = plus(other->velocity, times(gap, b->mass * pull));
    }
  }
  for (long i = 0; i < count; i++) {
    bodies[i].at = plus(bodies[i].at, times(bodies[i].velocity, dt));
  }
}

// The sun moves so that the momentum of the whole system is zero.
static void rest(Body *bodies, long count) {
  Vec total = {0, 0, 0};
  for (long i = 0; i < count; i++) {
    total = plus(total, times(bodies[i].velocity, bodies[i].mass));
  }
  bodies[0].velocity = times(total, -1.0 / SOLAR_MASS);
}

int main(void) {
  Body bodies[BODIES] = {
      make((Vec){0, 0, 0}, (Vec){0, 0, 0}, 1.0),
      make((Vec){4.84143144246472090, -1.16032004402742839, -0.103622044471123109},
           (Vec){0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023},
           0.000954791938424326609),
      make((Vec){8.34336671824457987, 4.12479856412430479, -0.403523417114321381},
           (Vec){-0.00276742510726411239, 0.00499852801234917238, 0.0000230417297573763929},
           0.000285885980666130812),
      make((Vec){12.8943695621391310, -15.1111514016986312, -0.223307578892655734},
           (Vec){0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556},
           0.0000436624404335156298),
      make((Vec){15.3796971148509165, -25.9193146099879641, 0.179258772950371181},
           (Vec){0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870},
           0.0000515138902046611451),
  };
  rest(bodies, BODIES);
  printf("%ld\n", (long)(energy(bodies, BODIES) * 1000000000.0));
  for (long i = 0; i < STEPS; i++) {
    advance(bodies, BODIES, 0.01);
  }
  printf("%ld\n", (long)(energy(bodies, BODIES) * 1000000000.0));
  return 0;
}
