import { InputError } from '../settings/input-error.js'
import { parseSettings, type Settings } from '../settings/settings.js'
import { requireMemory } from '../training/memory.js'
import type { Axis, Plan } from './plan.js'
import { type RunDefinition, runId } from './run-id.js'

/** One run of a sweep. */
export interface Run extends RunDefinition {
  readonly id: string
}

/**
 * Every run of a plan once, sorted by id: the order has nothing to do with the grid's, so the time that runs
 * take is spread evenly over a sweep and over its shards.
 *
 * @param file what to call the plan in errors
 * @throws InputError naming the path and value of the first combination that is not valid
 */
export function expandPlan(plan: Plan, file = 'plan'): Run[] {
  const runs = new Map<string, Run>()
  let mostEpochs = 0
  for (const chosen of combinations(plan.axes)) {
    const { record: _, ...settings } = settingsOf(plan, chosen, file)
    mostEpochs = Math.max(mostEpochs, settings.epochs)
    const run = { settings, lossAt: plan.lossAt }
    const id = runId(run)
    runs.set(id, { id, ...run })
  }
  requireReached(plan.lossAt, mostEpochs, file)
  return [...runs.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The values of one combination, by path. */
type Chosen = ReadonlyMap<string, unknown>

/** Every choice of one value an axis, the last axis fastest. */
function* combinations(axes: readonly Axis[]): Generator<Chosen> {
  const [first, ...rest] = axes
  if (first === undefined) {
    yield new Map()
    return
  }
  for (const value of first.values) {
    for (const others of combinations(rest)) yield new Map([[first.path, value], ...others])
  }
}

function settingsOf(plan: Plan, chosen: Chosen, file: string): Settings {
  const input = structuredClone(plan.settings) as Record<string, unknown>
  for (const [path, value] of chosen) setAt(input, path.split('.'), value)
  const nameOf = (path: string) => nameInPlan(path, chosen, file)
  if ('record' in input) throw new InputError(nameOf('record'), 'a sweep keeps no histories', 'no such key')
  const settings = parseSettings(input, nameOf)
  try {
    requireMemory(settings)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const where = [...chosen].map(([path, value]) => `${path} ${JSON.stringify(value)}`).join(', ')
    throw new InputError(`${file}: ${where || 'settings'}`, error.problem, error.accepted)
  }
  return settings
}

/** Where a setting stands in the plan: in its grid, or in its base settings. */
function nameInPlan(path: string, chosen: Chosen, file: string): string {
  const axis = [...chosen.keys()].find(key => path === key || path.startsWith(`${key}.`))
  if (axis !== undefined) return `${file}: grid: ${path}`
  return path === '' ? `${file}: settings` : `${file}: settings.${path}`
}

/** Sets a value inside nested objects, making those that are missing; never reaches into a prototype. */
function setAt(target: Record<string, unknown>, [key, ...rest]: readonly string[], value: unknown): void {
  if (key === undefined) return
  if (rest.length === 0) {
    target[key] = structuredClone(value)
    return
  }
  const inner = Object.hasOwn(target, key) ? target[key] : undefined
  const object = isRecord(inner) ? inner : {}
  target[key] = object
  setAt(object, rest, value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function requireReached(lossAt: readonly number[], mostEpochs: number, file: string): void {
  const beyond = lossAt.find(epoch => epoch >= mostEpochs)
  if (beyond === undefined) return
  const accepted = `epochs below ${mostEpochs}, the most that a run has`
  throw new InputError(`${file}: lossAt`, `got ${beyond}`, accepted)
}
