import type { Snapshot } from '../../training/trainer.js'
import type { Profile } from '../experiment.js'
import { snapshotNear } from './seed-run.js'
import { type MemoryRun, publishedEpochs } from './settings.js'
import type { KeptTraining } from './training.js'

/** Whether a run's settings are the published ones, so that its published epochs mean something. */
export function isPublished({ rank, task }: MemoryRun, profile: Profile): boolean {
  return profile === 'paper' || (rank === 'full' && task === 'cue')
}

/** Epochs that a picture needs snapshots of. */
export function askedEpochs(run: MemoryRun, profile: Profile): readonly number[] {
  return isPublished(run, profile) ? publishedEpochs[run.rank][run.task] : []
}

/**
 * The snapshots that are shown, four or five: at the published epochs, or, of a reduced training, at its start, before and after
 * its falls, and at its end.
 */
export function shownSnapshots(training: KeptTraining, asked: readonly number[], count: number): Snapshot[] {
  const { snapshots, events, settings } = training
  if (asked.length > 0) return snapshots.filter(({ epoch }) => asked.includes(epoch))
  const [first, second] = [events.firstFall ?? settings.epochs / 2, events.secondFall]
  const near = (stage: number, fall: number) => snapshotNear(snapshots, stage, fall)
  const few = [near(0.9, first), near(1.1, second ?? first)]
  const more =
    second === undefined
      ? [near(0.5, first), near(0.9, first), near(1.25, first)]
      : [near(0.9, first), near(0.9, second), near(1.1, second)]
  const all = [snapshots[0]!, ...(count > 4 ? more : few), snapshots.at(-1)!]
  return [...new Set(all)].sort((a, b) => a.epoch - b.epoch)
}
