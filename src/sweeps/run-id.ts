import { createHash } from 'node:crypto'
import { packageVersion } from '../files/package-info.js'
import { kernelBase64 } from '../kernel/generated/kernel.js'
import type { Settings } from '../settings/settings.js'

/**
 * What a run is, and so what makes two runs the same: its settings, the epochs whose loss it keeps, and the
 * engine that computes it. The same run has the same id in any plan, in any order, on any machine.
 */
export interface RunDefinition {
  readonly settings: RunSettings
  /** Ascending, none twice. */
  readonly lossAt: readonly number[]
}

/** Settings of a run: a sweep keeps no histories, so there is nothing to record. */
export type RunSettings = Omit<Settings, 'record'>

/**
 * The engine's version: that of this package, and the first digits of the SHA-256 of its kernels, so that
 * changed kernels are another engine though nothing was released in between.
 */
export const engineVersion = `${packageVersion()}+kernel.${digest(kernelBase64).slice(0, 8)}`

/** SHA-256, in hex, of a run's canonical form and the engine's version. */
export function runId({ settings, lossAt }: RunDefinition, engine = engineVersion): string {
  return digest(canonicalJson({ engine, lossAt, settings }))
}

/** JSON with the keys of every object in order, and without those that are undefined. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
