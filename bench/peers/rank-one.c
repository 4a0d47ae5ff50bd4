/*
 * The physical limit for the rank-one kernel: the same algorithm by hand in C, float32, as wide as the
 * machine's vectors and with fused multiply-add. See src/kernel/assembly/rank-one.ts for the derivation.
 *
 *   gcc -O3 -march=native -o rank-one rank-one.c -lm
 *   ./rank-one <neurons> <delay> <rate> <leak> <confidence> <epochs a turn> <turns>  < m, n, b as float32
 *
 * Prints the loss and gradient norm of the first epoch, then the microseconds of processor time per epoch of each turn. A
 * turn begins when a line arrives after the parameters: the caller alternates its candidates.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef __AVX__
#include <immintrin.h>
#define LANES 8
#else
#define LANES 4
#endif

typedef float vector __attribute__((vector_size(4 * LANES)));
typedef int mask __attribute__((vector_size(4 * LANES)));

static const float initial_state = -0.3f, threshold = 1;

static inline vector splat(float value) { return value - (vector){}; }

#ifdef __AVX__
static inline vector smaller(vector a, vector b) { return _mm256_min_ps(a, b); }
static inline vector larger(vector a, vector b) { return _mm256_max_ps(a, b); }
#else
static inline vector choose(mask first, vector a, vector b) {
  return (vector)(((mask)a & first) | ((mask)b & ~first));
}
static inline vector smaller(vector a, vector b) { return choose(a < b, a, b); }
static inline vector larger(vector a, vector b) { return choose(a > b, a, b); }
#endif

static inline vector tanh_vector(vector u) {
  u = larger(smaller(u, splat(8.3f)), splat(-8.3f));
  vector x = u * u;
  vector p = x * 1.52596726e-8f + 2.19034118e-5f;
  p = p * x + 0.00357169565f;
  p = p * x + 0.13444452f;
  p = p * x + 1.0f;
  vector q = x * 8.53054416e-7f + 0.000341174251f;
  q = q * x + 0.0261644106f;
  q = q * x + 0.467777729f;
  q = q * x + 1.0f;
  return u * p / q;
}

static float sum(vector v) {
  float total = 0;
  for (int lane = 0; lane < LANES; lane++) total += v[lane];
  return total;
}

static double flush(double value) { return fabs(value) < 1e-20 ? 0 : value; }

typedef struct {
  int width, steps;
  vector *m, *n, *b, *mn, *gm, *gn, *gb, *start, *h;
  float *kappa, *a;
  double *slope, *power, *target, *weight;
} network;

static double epoch(network *net, float rate, double leak, double confidence, double *norm) {
  const int width = net->width, steps = net->steps;
  vector *restrict m = net->m, *restrict n = net->n, *restrict b = net->b, *restrict mn = net->mn;
  vector *restrict gm = net->gm, *restrict gn = net->gn, *restrict gb = net->gb, *restrict start = net->start;
  vector *restrict h = net->h;
  vector zero = {};
  vector total = zero;
  for (int i = 0; i < width; i++) {
    mn[i] = m[i] * n[i];
    total += n[i] * start[i];
  }
  double kappa = flush(sum(total));
  for (int t = 0; t < steps; t++) {
    vector drive = zero, slope = zero, *row = h + t * width;
    const float input = net->kappa[t] = kappa;
    for (int i = 0; i < width; i++) {
      const vector activation = tanh_vector(m[i] * input + b[i]);
      row[i] = activation;
      drive += n[i] * activation;
      slope += mn[i] * (1.0f - activation * activation);
    }
    kappa = flush((1 - leak) * kappa + leak * sum(drive));
    net->slope[t] = sum(slope);
    net->power[t] = exp(confidence * (threshold - kappa));
  }

  double loss = 0, later = 0, slope = 0;
  for (int t = steps - 1; t >= 0; t--) {
    const double y = 1 / (1 + net->power[t]), difference = y - net->target[t];
    loss += net->weight[t] * difference * difference;
    const double error = 2 * net->weight[t] * difference * confidence * y * (net->power[t] * y);
    later = flush((1 - leak) * later + error + leak * later * slope);
    net->a[t] = flush(leak * later);
    slope = net->slope[t];
  }
  const float first = (1 - leak) * later + leak * later * slope;
  double squares = 0;
  for (int i = 0; i < width; i++) {
    vector sm = zero, sn = zero, sb = zero;
    for (int t = 0; t < steps; t++) {
      const vector activation = h[t * width + i], d = 1.0f - activation * activation;
      sn += net->a[t] * activation;
      sb += net->a[t] * d;
      sm += net->a[t] * net->kappa[t] * d;
    }
    gm[i] = n[i] * sm;
    gb[i] = n[i] * sb;
    gn[i] = sn + first * start[i];
    squares += sum(gm[i] * gm[i] + gn[i] * gn[i] + gb[i] * gb[i]);
  }
  for (int i = 0; i < width; i++) {
    m[i] -= rate * gm[i];
    n[i] -= rate * gn[i];
    b[i] -= rate * gb[i];
  }
  *norm = sqrt(squares);
  return loss;
}

static void *zeroed(size_t bytes) {
  void *memory = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (!memory) exit(1);
  return memset(memory, 0, bytes);
}

int main(int argc, char **argv) {
  if (argc != 8) return fprintf(stderr, "usage: rank-one neurons delay rate leak confidence epochs turns\n"), 2;
  const int neurons = atoi(argv[1]), delay = atoi(argv[2]), epochs = atoi(argv[6]), turns = atoi(argv[7]);
  const double rate = atof(argv[3]), leak = atof(argv[4]), confidence = atof(argv[5]);
  network net = {.width = (neurons + LANES - 1) / LANES, .steps = 2 * delay};
  const size_t bytes = net.width * sizeof(vector), step_bytes = net.steps * sizeof(double);
  vector **rows[] = {&net.m, &net.n, &net.b, &net.mn, &net.gm, &net.gn, &net.gb, &net.start};
  for (int i = 0; i < 8; i++) *rows[i] = zeroed(bytes);
  net.h = zeroed(bytes * net.steps);
  net.kappa = zeroed(step_bytes), net.a = zeroed(step_bytes), net.slope = zeroed(step_bytes);
  net.power = zeroed(step_bytes), net.target = zeroed(step_bytes), net.weight = zeroed(step_bytes);
  for (int i = 0; i < 3; i++)
    if (fread(*rows[i], 4, neurons, stdin) != (size_t)neurons) return 1;
  for (int i = 0; i < neurons; i++) ((float *)net.start)[i] = initial_state;
  for (int t = 0; t < net.steps; t++) net.target[t] = t >= delay, net.weight[t] = 1.0 / delay;

  double norm, loss = epoch(&net, rate, leak, confidence, &norm);
  printf("%.9g %.9g\n", loss, norm);
  fflush(stdout);
  for (int turn = 0; turn < turns && getchar() != EOF; turn++) {
    struct timespec from, to;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (int i = 0; i < epochs; i++) loss += epoch(&net, rate, leak, confidence, &norm);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    printf("%.4f\n", ((to.tv_sec - from.tv_sec) * 1e6 + (to.tv_nsec - from.tv_nsec) * 1e-3) / epochs);
    fflush(stdout);
  }
  return isnan(loss);
}
