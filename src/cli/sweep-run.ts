import type { Run } from '../sweeps/expand-plan.js'
import { runSweep, type SweepCounts, type SweepProgress } from '../sweeps/run-sweep.js'
import { runsOfShard, type Shard } from '../sweeps/shard.js'
import { type Statuses, SweepStore } from '../sweeps/store.js'
import { type Progress, startProgress } from './progress.js'
import { countRuns, readPlan, readStores, storeName } from './sweep-plan.js'
import { type ExitCode, exitCodes, note, print, printJson, stdoutIsPiped } from './terminal.js'

/** Flags of `ghostpoint sweep run`. */
export interface SweepRunFlags {
  readonly store?: string
  readonly have?: string[]
  readonly jobs?: number
  readonly shard?: Shard
  readonly schema?: true
  readonly json?: true
}

/** Failed runs that are named one by one; the store has them all. */
const mostNamed = 5

/**
 * Computes what a plan's store does not have.
 * @throws InputError if the plan is not valid or its store cannot be used
 */
export async function runPlan(
  file: string | undefined,
  flags: SweepRunFlags,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { plan, runs: all } = readPlan('sweep run', file)
  const { shard, jobs } = flags
  const runs = shard === undefined ? all : runsOfShard(all, shard)
  const started = performance.now()
  const { statuses: elsewhere, inUse } = await readStores(flags.have ?? [])
  for (const busy of inUse) note(`under way, so its runs are not known here: ${busy}`)
  const store = await SweepStore.open(flags.store ?? storeName(plan, shard))
  const progress = startProgress([plan.name], { plain: stdoutIsPiped(), plainStep: 0.05 })
  try {
    const missing = missingRuns(missingRuns(runs, elsewhere), await store.statuses())
    const counts = await runSweep(missing, store, {
      plan: plan.name,
      jobs,
      signal,
      onProgress: reporter(plan.name, progress),
      onFailure: failureNotes(progress),
      onNote: progress.log,
    })
    progress.stop()
    const seconds = (performance.now() - started) / 1000
    const summary = { plan: plan.name, store: store.file, runs: runs.length, computed: counts, seconds }
    const left = missing.length - computed(counts)
    if (flags.json) printJson({ ...summary, before: runs.length - missing.length, left })
    else printSummary(summary, runs.length - missing.length)
    if (left > 0) note(`interrupted: ${countRuns(left)} left; what is done is kept`)
    if (counts.failed > 0) note(`${countRuns(counts.failed)} failed; the next start tries again`)
    if (left > 0) return exitCodes.interrupted
    return counts.failed > 0 ? exitCodes.failed : exitCodes.done
  } finally {
    progress.stop()
    store.close()
  }
}

/** Runs that have come to nothing yet. */
export function missingRuns(runs: readonly Run[], statuses: Statuses): Run[] {
  return runs.filter(({ id }) => (statuses.get(id) ?? 'failed') === 'failed')
}

const computed = ({ finished, diverged, failed }: SweepCounts) => finished + diverged + failed

interface Summary {
  readonly store: string
  readonly runs: number
  readonly computed: SweepCounts
  readonly seconds: number
}

function printSummary({ store, runs, computed, seconds }: Summary, before: number): void {
  const { finished, diverged, failed } = computed
  print(`${countRuns(runs)}: ${before} there before, ${finished + diverged} computed`)
  if (diverged > 0) print(`${diverged} of them diverged`)
  if (failed > 0) print(`${failed} failed`)
  print(`wrote ${store}`)
  note(`${seconds.toFixed(1)} s`)
}

/** Shows runs done, runs per second and the time left, as fast as they have been so far. */
function reporter(name: string, progress: Progress): (state: SweepProgress) => void {
  const started = performance.now()
  return ({ runs, done, share }) => {
    const seconds = (performance.now() - started) / 1000
    const rate = `${((share * runs) / seconds).toPrecision(3)} runs/s`
    const left = share > 0 ? `${duration((seconds * (1 - share)) / share)} left` : ''
    progress.update(name, share, `${done}/${runs} runs  ${rate}  ${left}`)
  }
}

/** `42 s`, `3 min`, `2 h 05 min`. */
function duration(seconds: number): string {
  if (seconds < 99.5) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 100) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

function failureNotes(progress: Progress): (run: Run, message: string) => void {
  let named = 0
  return ({ id }, message) => {
    if (++named > mostNamed) return
    progress.log(`run ${id.slice(0, 12)} failed: ${message}`)
    if (named === mostNamed) progress.log('further failures are in the store only')
  }
}
