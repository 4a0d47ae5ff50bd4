/*
 * The physical limit for the autonomous and driven kernels: the same algorithm by hand in C, float32, in blocked
 * loops over vectors as wide as the machine's, with fused multiply-add. See src/kernel/assembly/recurrent.ts for
 * the equations. The network's sizes are constants of the compilation:
 *
 *   gcc -O3 -march=native -DNEURONS=100 -DRANK=2 -DDRIVEN=1 -DTANH_OUTPUT=1 -DTRIALS=1000 -DSTEPS=22 \
 *       -o recurrent recurrent.c -lm          (RANK=0 for full rank)
 *   ./recurrent <rate> <leak> <epochs a turn> <turns>  < float32: parameters in the order of the library's flat
 *       vector, then targets, weights and inputs [trials, steps], then initial states [trials, neurons]
 *
 * Every epoch starts from those states: unlike its rivals this program draws nothing. Prints the loss and
 * gradient norm of the first epoch, then the microseconds of processor time per epoch of each turn. A turn begins when a line
 * arrives: the caller alternates its candidates.
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

#define FULL (RANK == 0)
/* Vectors of a row of neurons. */
#define WIDTH ((NEURONS + LANES - 1) / LANES)
#define LATENTS (FULL ? NEURONS : RANK)
/* An autonomous network of rank K reads its neurons: one latent variable more, in front. */
#define LEAD (!FULL && !DRIVEN)
#define UPDATES (STEPS - DRIVEN)
#define FIRST (1 - DRIVEN)
#define IN_ROWS (LATENTS + DRIVEN + 1)
#define L_ROWS (FULL ? 0 : LATENTS + LEAD)
#define S_WIDTH (FULL ? WIDTH : (L_ROWS + LANES - 1) / LANES)
#define C_WIDTH ((LEAD + IN_ROWS + LANES - 1) / LANES + 1)
/* Trials that go forward and back together. */
#define BLOCK (TRIALS < 8 ? TRIALS : 8)

typedef union {
  vector wide[WIDTH];
  float at[WIDTH * LANES];
} row;
typedef union {
  vector wide[C_WIDTH];
  float at[C_WIDTH * LANES];
} coefficients;
typedef union {
  vector wide[S_WIDTH];
  float at[S_WIDTH * LANES];
} latents;

typedef struct {
  row in[IN_ROWS];       /* recurrent weights, W_in, b */
  row latent[L_ROWS + 1]; /* w_out where it reads neurons, then the latent weights, transposed */
  coefficients read;     /* read-out of the coefficients */
} weights;

static weights net, gradient;
static float targets[TRIALS][STEPS], loss_weights[TRIALS][STEPS], inputs[TRIALS][STEPS];
static float initial[TRIALS][NEURONS];

static coefficients c[UPDATES + 1][BLOCK];
static row h[UPDATES + 1][BLOCK], p[UPDATES + 1][BLOCK];
static latents a[UPDATES + 1][BLOCK];
static float e[STEPS][BLOCK];

static inline vector splat(float value) { return value - (vector){}; }

#ifdef __AVX__
static inline vector smaller(vector x, vector y) { return _mm256_min_ps(x, y); }
static inline vector larger(vector x, vector y) { return _mm256_max_ps(x, y); }
#else
static inline vector choose(mask first, vector x, vector y) {
  return (vector)(((mask)x & first) | ((mask)y & ~first));
}
static inline vector smaller(vector x, vector y) { return choose(x < y, x, y); }
static inline vector larger(vector x, vector y) { return choose(x > y, x, y); }
#endif

static inline float sum(vector v) {
  float total = 0;
  for (int lane = 0; lane < LANES; lane++) total += v[lane];
  return total;
}

/* What is far below float32 resolution is nothing: denormal numbers are slow. */
static inline vector drop_negligible(vector v) {
  const mask kept = (v > splat(1e-20f)) | (v < splat(-1e-20f));
  return (vector)((mask)v & kept);
}

static inline vector tanh_rational(vector u) {
  u = larger(smaller(u, splat(8.3f)), splat(-8.3f));
  const vector x = u * u;
  const vector top = (((x * 1.52596726e-8f + 2.19034118e-5f) * x + 0.00357169565f) * x + 0.13444452f) * x + 1.0f;
  const vector under = (((x * 8.53054416e-7f + 0.000341174251f) * x + 0.0261644106f) * x + 0.467777729f) * x + 1.0f;
  return u * top / under;
}

/* out = Σ_k factor[k] rows[k], four vectors of it at a time. */
static inline void combine(vector *restrict out, const float *restrict factor, const row *restrict rows, int count) {
  int j = 0;
  for (; j + 4 <= WIDTH; j += 4) {
    vector s0 = {}, s1 = {}, s2 = {}, s3 = {};
    vector r0 = {}, r1 = {}, r2 = {}, r3 = {};
    int k = 0;
    for (; k + 2 <= count; k += 2) {
      const vector f = splat(factor[k]), g = splat(factor[k + 1]);
      const vector *first = rows[k].wide + j, *second = rows[k + 1].wide + j;
      s0 += f * first[0], s1 += f * first[1], s2 += f * first[2], s3 += f * first[3];
      r0 += g * second[0], r1 += g * second[1], r2 += g * second[2], r3 += g * second[3];
    }
    if (k < count) {
      const vector f = splat(factor[k]), *first = rows[k].wide + j;
      s0 += f * first[0], s1 += f * first[1], s2 += f * first[2], s3 += f * first[3];
    }
    out[j] = s0 + r0, out[j + 1] = s1 + r1, out[j + 2] = s2 + r2, out[j + 3] = s3 + r3;
  }
  for (; j < WIDTH; j++) {
    vector s0 = {}, s1 = {}, s2 = {}, s3 = {};
    int k = 0;
    for (; k + 4 <= count; k += 4) {
      s0 += factor[k] * rows[k].wide[j], s1 += factor[k + 1] * rows[k + 1].wide[j];
      s2 += factor[k + 2] * rows[k + 2].wide[j], s3 += factor[k + 3] * rows[k + 3].wide[j];
    }
    for (; k < count; k++) s0 += factor[k] * rows[k].wide[j];
    out[j] = (s0 + s1) + (s2 + s3);
  }
}

/* out[k] = rows[k]·x, four rows at a time. */
static inline void project(float *restrict out, const vector *restrict x, const row *restrict rows, int count) {
  int k = 0;
  for (; k + 4 <= count; k += 4) {
    vector s0 = {}, s1 = {}, s2 = {}, s3 = {};
    for (int j = 0; j < WIDTH; j++) {
      s0 += x[j] * rows[k].wide[j], s1 += x[j] * rows[k + 1].wide[j];
      s2 += x[j] * rows[k + 2].wide[j], s3 += x[j] * rows[k + 3].wide[j];
    }
    out[k] = sum(s0), out[k + 1] = sum(s1), out[k + 2] = sum(s2), out[k + 3] = sum(s3);
  }
  for (; k < count; k++) {
    vector s0 = {}, s1 = {};
    int j = 0;
    for (; j + 2 <= WIDTH; j += 2) {
      s0 += x[j] * rows[k].wide[j];
      s1 += x[j + 1] * rows[k].wide[j + 1];
    }
    if (j < WIDTH) s0 += x[j] * rows[k].wide[j];
    out[k] = sum(s0 + s1);
  }
}

/* out[r] += Σ_samples factor[sample][r] rows[sample], four rows by two vectors of the result at a time. */
static inline void add_outer(row *restrict out, int count, const float *restrict factor, int stride,
                             const row *restrict rows, int samples) {
  int r = 0;
  for (; r + 4 <= count; r += 4)
    for (int j = 0; j < WIDTH; j += 2) {
      const int k = j + 1 < WIDTH ? j + 1 : j;
      vector s[4] = {}, t[4] = {};
      for (int i = 0; i < samples; i++) {
        const float *f = factor + i * stride + r;
        const vector first = rows[i].wide[j], second = rows[i].wide[k];
        for (int q = 0; q < 4; q++) s[q] += f[q] * first, t[q] += f[q] * second;
      }
      for (int q = 0; q < 4; q++) out[r + q].wide[j] += s[q];
      for (int q = 0; q < 4 && k > j; q++) out[r + q].wide[k] += t[q];
    }
  for (; r < count; r++)
    for (int j = 0; j < WIDTH; j++) {
      vector s[4] = {};
      int i = 0;
      for (; i + 4 <= samples; i += 4)
        for (int q = 0; q < 4; q++) s[q] += factor[(i + q) * stride + r] * rows[i + q].wide[j];
      for (; i < samples; i++) s[0] += factor[i * stride + r] * rows[i].wide[j];
      out[r].wide[j] += (s[0] + s[1]) + (s[2] + s[3]);
    }
}

static void forward(int first, int count, float leak) {
  for (int i = 0; i < count; i++) {
    memcpy(FULL ? c[0][i].at : h[0][i].at, initial[first + i], sizeof initial[0]);
    if (!FULL) project(c[0][i].at, h[0][i].wide, net.latent, L_ROWS);
  }
  for (int t = 0; t <= UPDATES; t++)
    for (int i = 0; i < count; i++) {
      float *now = c[t][i].at;
      if (DRIVEN) now[LATENTS] = t < STEPS ? inputs[first + i][t] : 0;
      now[LEAD + LATENTS + DRIVEN] = 1;
      if (t == UPDATES) continue;
      row *activation = &h[t + 1][i];
      float *next = c[t + 1][i].at;
      combine(activation->wide, now + LEAD, net.in, IN_ROWS);
      for (int j = 0; j < WIDTH; j++) activation->wide[j] = tanh_rational(activation->wide[j]);
      if (FULL)
        for (int j = 0; j < NEURONS; j++) next[j] = (1 - leak) * now[j] + leak * activation->at[j];
      else {
        project(next, activation->wide, net.latent, L_ROWS);
        for (int k = 0; k < L_ROWS; k++) next[k] = (1 - leak) * now[k] + leak * next[k];
      }
    }
}

static double read_out(int first, int count, float *outputs) {
  double loss = 0;
  for (int t = 0; t < STEPS; t++)
    for (int i = 0; i < count; i++) {
      const coefficients *now = &c[t + FIRST][i];
      vector total = {};
      for (int k = 0; k < C_WIDTH; k++) total += net.read.wide[k] * now->wide[k];
      const double z = sum(total);
      const double power = exp(TANH_OUTPUT ? -2 * fabs(z) : -z), inverse = 1 / (1 + power);
      double y = inverse, slope = power * inverse * inverse;
      if (TANH_OUTPUT) y = copysign((1 - power) * inverse, z), slope *= 4;
      const double difference = y - targets[first + i][t], weighted = loss_weights[first + i][t] * difference;
      loss += weighted * difference;
      outputs[(first + i) * STEPS + t] = y;
      const double error = 2 * weighted * slope;
      e[t][i] = fabs(error) < 1e-20 ? 0 : error;
    }
  return loss;
}

static void backward(int count, float leak) {
  for (int i = 0; i < count; i++) {
    latents s = {}, back = {};
    for (int t = UPDATES; t >= 0; t--) {
      const float error = t >= FIRST ? e[t - FIRST][i] : 0, factor = t ? leak : 1;
      for (int k = 0; k < (FULL ? NEURONS : L_ROWS); k++)
        s.at[k] = (1 - leak) * s.at[k] + back.at[k] + error * net.read.at[k];
      for (int k = 0; k < S_WIDTH; k++) {
        s.wide[k] = drop_negligible(s.wide[k]);
        a[t][i].wide[k] = factor * s.wide[k];
      }
      if (t == 0) break;
      vector *out = p[t - 1][i].wide;
      const vector *activation = h[t][i].wide;
      if (!FULL) combine(out, a[t][i].at, net.latent, L_ROWS);
      for (int j = 0; j < WIDTH; j++)
        out[j] = (FULL ? a[t][i].wide[j] : out[j]) * (1 - activation[j] * activation[j]);
      if (t > 1 || !FULL) project(back.at + LEAD, out, net.in, LATENTS);
    }
  }
}

static void add_gradients(int count) {
  /* Samples are rows [step][trial of the block]: contiguous unless the last block is short. */
  const int whole = count == BLOCK;
  for (int part = 0; part < (whole ? 1 : UPDATES); part++)
    add_outer(gradient.in, IN_ROWS, &c[part][0].at[LEAD], C_WIDTH * LANES, p[part], whole ? UPDATES * BLOCK : count);
  for (int part = 0; !FULL && part < (whole ? 1 : UPDATES + 1); part++)
    add_outer(gradient.latent, L_ROWS, a[part][0].at, S_WIDTH * LANES, h[part], whole ? (UPDATES + 1) * BLOCK : count);
  for (int t = 0; t < STEPS; t++)
    for (int i = 0; i < count; i++)
      for (int k = 0; k < C_WIDTH; k++) gradient.read.wide[k] += e[t][i] * c[t + FIRST][i].wide[k];
}

static double epoch(float rate, float leak, double *norm) {
  static float outputs[TRIALS * STEPS];
  double loss = 0, squares = 0;
  memset(&gradient, 0, sizeof gradient);
  for (int first = 0; first < TRIALS; first += BLOCK) {
    const int count = TRIALS - first < BLOCK ? TRIALS - first : BLOCK;
    forward(first, count, leak);
    loss += read_out(first, count, outputs);
    backward(count, leak);
    add_gradients(count);
  }
  if (LEAD) memset(gradient.read.at, 0, (LEAD + LATENTS) * sizeof(float));
  if (DRIVEN) gradient.read.at[LATENTS] = 0;
  vector *weight = (vector *)&net, *slope = (vector *)&gradient;
  for (size_t i = 0; i < sizeof net / sizeof(vector); i++) {
    squares += sum(slope[i] * slope[i]);
    weight[i] -= rate * slope[i];
  }
  *norm = sqrt(squares);
  return loss;
}

static void take(float *into, size_t count) {
  if (fread(into, sizeof(float), count, stdin) != count) exit(1);
}

static void take_rows(row *rows, int count) {
  for (int k = 0; k < count; k++) take(rows[k].at, NEURONS);
}

static void take_latent(void) {
  for (int i = 0; i < NEURONS; i++)
    for (int k = 0; k < LATENTS; k++) take(&net.latent[LEAD + k].at[i], 1);
}

static void take_network(void) {
  if (DRIVEN) take_rows(net.in + LATENTS, 2);
  if (!FULL) take_latent();
  take_rows(net.in, LATENTS);
  if (!DRIVEN) take_rows(net.in + LATENTS, 1);
  if (LEAD) take(net.latent[0].at, NEURONS), net.read.at[0] = 1;
  else take(net.read.at, LATENTS);
  take(net.read.at + LEAD + LATENTS + DRIVEN, 1);
}

int main(int argc, char **argv) {
  if (argc != 5) return fprintf(stderr, "usage: recurrent rate leak epochs turns\n"), 2;
  const double rate = atof(argv[1]), leak = atof(argv[2]);
  const int epochs = atoi(argv[3]), turns = atoi(argv[4]);
  take_network();
  take(targets[0], TRIALS * STEPS);
  take(loss_weights[0], TRIALS * STEPS);
  take(inputs[0], TRIALS * STEPS);
  take(initial[0], TRIALS * NEURONS);

  double norm, loss = epoch(rate, leak, &norm);
  printf("%.9g %.9g\n", loss, norm);
  fflush(stdout);
  for (int turn = 0; turn < turns && getchar() != EOF; turn++) {
    struct timespec from, to;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (int i = 0; i < epochs; i++) loss += epoch(rate, leak, &norm);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    printf("%.4f\n", ((to.tv_sec - from.tv_sec) * 1e6 + (to.tv_nsec - from.tv_nsec) * 1e-3) / epochs);
    fflush(stdout);
  }
  return isnan(loss);
}
