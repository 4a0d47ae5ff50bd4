import { z } from 'zod'
import type { Passage } from '../dynamics/passage.js'
import type { RejectedSearch, SlowPoint } from '../dynamics/slow-point.js'
import type { GhostTrace } from '../dynamics/trace-ghosts.js'

/**
 * The report of `ghostpoint analyse`, as JSON. The schema is its documentation, and docs/analyse.md in words.
 * JSON has no infinity: what is infinite is null.
 */
const vector = z.array(z.number())
const count = z.int().nonnegative()

const canonicalForm = z
  .strictObject({
    centre: vector.describe('vertex of the parabola, [d]'),
    direction: vector.describe('v, of length 1, [d]'),
    covector: vector.describe('l with l·v = 1, [d]: y = l·(x − position)'),
    r: z.number(),
    lambda: z.number(),
    a: z.number(),
    effectiveR: z.number().describe('speed along v at the vertex'),
    scale: z.number().describe('s, in 1/time²; above 0: no fixed point'),
    dwellTime: z.number().nullable().describe('π/√s, in time constants; null unless s > 0'),
    dwellSteps: z.number().nullable().describe('dwellTime in steps of the network'),
    halfDistance: z
      .number()
      .nullable()
      .describe('half the distance of a pair of fixed points; null unless s ≤ 0'),
    dimension: count.describe('eigenvalues that vanish together'),
    spectralGap: z.number().nullable().describe('smallest |Re λ| of the others; null if there are none'),
  })
  .describe("y' = r + λy + ay² along the slow direction")

const passage = z
  .strictObject({
    halfWidth: z.number().describe('of the window |y| ≤ halfWidth around the centre'),
    predictedSteps: z.number().describe('steps through the window by the canonical form'),
    simulatedSteps: z
      .number()
      .nullable()
      .describe('steps that the network takes; null if it does not come out at the far end'),
  })
  .describe('of a ghost: how well the canonical form holds')

const point = z.strictObject({
  kind: z.enum(['fixed point', 'ghost', 'slow']),
  reason: z.string().nullable().describe('why a slow point is no ghost; null of others'),
  position: vector.describe('in the coordinates of the analysis, [d]'),
  state: vector.describe('the same as a state of the neurons, [N]'),
  readOut: vector
    .nullable()
    .describe('linear read-out there, before any output function; null if there is none'),
  speed: z.number().describe('‖F‖, in units of state per time constant'),
  energy: z.number().describe('½‖F‖²'),
  gradientNorm: z.number().describe('‖∇½‖F‖²‖'),
  stable: z.boolean(),
  index: count.describe('number of growing directions; of a ghost, besides that of its passage'),
  eigenvalues: z
    .array(z.tuple([z.number(), z.number()]))
    .describe('of the Jacobian, [re, im], per time constant'),
  eigenvectors: z.array(vector).describe('right eigenvectors of the first eigenvalues, at most 8'),
  spectrumResidual: z.number(),
  canonicalForm: canonicalForm.nullable(),
  passage: passage.nullable(),
  starts: count.describe('number of searches that ended here'),
  nearestStart: z.number().describe('distance to the nearest start'),
})

const rejection = z.strictObject({
  start: count,
  reason: z.string(),
  position: vector,
  speed: z.number(),
  gradientNorm: z.number(),
})

const visit = z.strictObject({
  step: z.number().describe('when the trial is slowest'),
  speed: z.number(),
  distance: z.number().describe('from the ghost then'),
  fromStep: z.number().describe('when it enters the window around the ghost'),
  toStep: z.number().describe('when it leaves the window, or ends'),
  passageSteps: z
    .number()
    .nullable()
    .describe('steps through the whole window; null if it is not passed whole'),
})

const trialTrace = z.strictObject({
  trial: count,
  deviation: z
    .number()
    .describe(
      'largest distance of a state from where the network steps from the one before: 0 unless driven or noisy',
    ),
  ghosts: z.array(
    z.strictObject({
      position: vector,
      state: vector,
      speed: z.number(),
      dimension: count,
      index: count,
      stable: z.boolean(),
      dwellSteps: z.number().describe('canonical dwell time, π/√s'),
      predictedSteps: z.number().describe('steps through the window by the canonical form'),
      visits: z.array(visit),
    }),
  ),
  rejected: z
    .array(z.strictObject({ step: z.number(), speed: z.number(), reason: z.string() }))
    .describe('where the trial is slow for another reason'),
  warnings: z.array(z.string()),
})

/** The schema of the report. */
export const analysisReportSchema = z.strictObject({
  version: z.string(),
  file: z.string(),
  status: z.enum(['finished', 'interrupted']),
  network: z.strictObject({
    source: z.string(),
    names: z.record(z.string(), z.string()).describe('arrays used, by what they are used as'),
    neurons: count,
    rank: z.union([count, z.literal('full')]),
    leak: z.number(),
    input: vector.nullable().describe('constant input; null if the network takes none'),
    coordinates: z.enum(['state', 'latent']).describe('of positions: the state, or κ = state·left'),
    dimension: count.describe('d'),
  }),
  settings: z.strictObject({
    starts: count,
    noise: z.number(),
    seed: count,
    from: z.union([
      z.literal('own runs'),
      z.strictObject({ file: z.string(), name: z.string(), trials: count, steps: count }),
    ]),
  }),
  searched: count.describe('searches that ended'),
  points: z.array(point),
  rejected: z.strictObject({
    count,
    reasons: z.record(z.string(), count),
    searches: z.array(rejection),
  }),
  traces: z.array(trialTrace).describe('ghosts along the trials given'),
  files: z.array(z.string()).describe('figures written'),
  seconds: z.number(),
})

export type AnalysisReport = z.infer<typeof analysisReportSchema>
export type ReportedPoint = AnalysisReport['points'][number]
export type ReportedTrace = AnalysisReport['traces'][number]

/** Eigenvectors of a point that a report holds. */
const mostVectors = 8

const finite = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null)

/**
 * A slow point as the report has it.
 * @param leak time constants in a step
 */
export function reportedPoint(
  slow: SlowPoint,
  leak: number,
  at: {
    readonly state: Float64Array
    readonly readOut: number[] | undefined
    readonly passage: Passage | undefined
  },
): ReportedPoint {
  const { position, spectrum, canonicalForm: form } = slow
  return {
    kind: slow.kind,
    reason: slow.reason ?? null,
    position: [...position],
    state: [...at.state],
    readOut: at.readOut ?? null,
    speed: slow.speed,
    energy: slow.energy,
    gradientNorm: slow.gradientNorm,
    stable: slow.stable,
    index: slow.index,
    eigenvalues: Array.from(spectrum.real, (real, i) => [real, spectrum.imaginary[i]!]),
    eigenvectors: spectrum.vectors.slice(0, mostVectors).map(eigenvector => [...eigenvector]),
    spectrumResidual: spectrum.residual,
    canonicalForm: form === undefined ? null : reportedForm(form, leak),
    passage: at.passage === undefined ? null : reportedPassage(at.passage, leak),
    starts: slow.starts,
    nearestStart: slow.nearestStart,
  }
}

function reportedPassage(
  { halfWidth, predictedTime, simulatedTime }: Passage,
  leak: number,
): ReportedPoint['passage'] {
  const simulatedSteps = simulatedTime === undefined ? null : simulatedTime / leak
  return { halfWidth, predictedSteps: predictedTime / leak, simulatedSteps }
}

function reportedForm(
  form: NonNullable<SlowPoint['canonicalForm']>,
  leak: number,
): ReportedPoint['canonicalForm'] {
  return {
    centre: [...form.centre],
    direction: [...form.direction],
    covector: [...form.covector],
    r: form.r,
    lambda: form.lambda,
    a: form.a,
    effectiveR: form.effectiveR,
    scale: form.scale,
    dwellTime: finite(form.dwellTime),
    dwellSteps: finite(form.dwellTime === undefined ? undefined : form.dwellTime / leak),
    halfDistance: finite(form.halfDistance),
    dimension: form.dimension,
    spectralGap: finite(form.spectralGap),
  }
}

/** Searches that were given up, and how often for which reason. */
export function reportedRejections(rejected: readonly RejectedSearch[]): AnalysisReport['rejected'] {
  const reasons: Record<string, number> = {}
  for (const { reason } of rejected) reasons[reason] = (reasons[reason] ?? 0) + 1
  const searches = rejected.map(search => ({ ...search, position: [...search.position] }))
  return { count: rejected.length, reasons, searches }
}

/**
 * The ghosts along a trial as the report has them.
 * @param leak time constants in a step
 * @param liftedState a position as a state
 */
export function reportedTrace(
  trial: number,
  { ghosts, rejected, warnings }: GhostTrace,
  {
    leak,
    deviation,
    liftedState,
  }: {
    readonly leak: number
    readonly deviation: number
    readonly liftedState: (position: Float64Array) => Float64Array
  },
): ReportedTrace {
  return {
    trial,
    deviation,
    ghosts: ghosts.map(({ position, speed, dimension, index, stable, dwellTime, window, visits }) => ({
      position: [...position],
      state: [...liftedState(position)],
      speed,
      dimension,
      index,
      stable,
      dwellSteps: dwellTime / leak,
      predictedSteps: window.predictedTime / leak,
      visits: visits.map(passed => ({
        step: passed.time / leak,
        speed: passed.speed,
        distance: passed.distance,
        fromStep: passed.from / leak,
        toStep: passed.to / leak,
        passageSteps: passed.passageTime === undefined ? null : passed.passageTime / leak,
      })),
    })),
    rejected: rejected.map(({ time, speed, reason }) => ({ step: time / leak, speed, reason })),
    warnings: [...warnings],
  }
}

/** The JSON schema of the report. */
export function analysisJsonSchema(): unknown {
  return z.toJSONSchema(analysisReportSchema)
}
