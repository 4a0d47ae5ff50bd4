import type { LabChange } from './fields.js'

/** Changes in the course of a training as text: `5200:c=1,5400:r=0.01`. */

/** More of them than a reader makes by hand are not read. */
const mostChanges = 50
const limits = { rate: [1e-8, 1e3], confidence: [1e-3, 1e3], epoch: [1, 1e9] } as const

export function changesText(changes: readonly LabChange[]): string {
  return changes
    .flatMap(({ epoch, rate, confidence }) => [
      ...(rate === undefined ? [] : [`${epoch}:r=${rate}`]),
      ...(confidence === undefined ? [] : [`${epoch}:c=${confidence}`]),
    ])
    .join(',')
}

/** Reads what {@link changesText} wrote, epochs ascending; what cannot be read is left out. */
export function readChanges(text: string): LabChange[] {
  const read = new Map<number, LabChange>()
  for (const part of text.split(',').slice(0, mostChanges)) {
    const [, epochText, key, valueText] = /^(\d{1,9}):([rc])=([0-9.eE+-]{1,24})$/.exec(part) ?? []
    const [epoch, value] = [Number(epochText), Number(valueText)]
    const name = key === 'r' ? 'rate' : 'confidence'
    if (!inside(epoch, limits.epoch) || !inside(value, limits[name])) continue
    read.set(epoch, { ...read.get(epoch), epoch, [name]: value })
  }
  return [...read.values()].sort((a, b) => a.epoch - b.epoch)
}

function inside(value: number, [low, high]: readonly [number, number]): boolean {
  return value >= low && value <= high
}

/** The changes with one more; it takes the place of what it contradicts, and of everything after it. */
export function withChange(changes: readonly LabChange[], change: LabChange): LabChange[] {
  const before = changes.filter(({ epoch }) => epoch < change.epoch)
  const same = changes.find(({ epoch }) => epoch === change.epoch)
  return [...before, { ...same, ...change }]
}
