import { describe, expect, it } from 'vitest'
import { lastingEvents } from '../../lab/rooms/working-memory/lasting-events.js'
import { nameOf, reasonOf } from '../../lab/rooms/working-memory/point-facts.js'
import {
  epochInGap,
  type Sighting,
  sightingOf,
  withSighting,
} from '../../lab/rooms/working-memory/sightings.js'
import { lookAt } from '../../lab/work/memory-look.js'
import { startsWithin } from '../../lab/work/own-network.js'
import { layOutPlane } from '../../lab/work/plane-layout.js'
import { lookAtNetwork, runTrials } from '../../src/experiments/working-memory/look.js'
import { memorySettings } from '../../src/experiments/working-memory/settings.js'
import { createTrainer } from '../../src/training/create-trainer.js'

const settings = memorySettings({ rank: 2, task: 'match', seed: 0 }, 'quick')

async function snapshotAt(epoch: number) {
  const trainer = await createTrainer({ ...settings, epochs: epoch + 1 })
  trainer.advance(epoch)
  return trainer.snapshot()
}

/** The settings as the room has them. */
function subject() {
  const { model, task, seed } = settings
  if (task.kind !== 'match-to-sample') throw new Error('figure 4 matches to sample')
  return { model, task, seed }
}

describe('a look at a network in training', () => {
  it('sees what figure 4 sees: slow points, what is near the paths, and outputs', async () => {
    const snapshot = await snapshotAt(300)
    const look = lookAt(subject(), 300, snapshot.parameters)
    const { points, isNear } = lookAtNetwork(settings, snapshot)
    expect(look.points.map(({ kind }) => kind)).toEqual(points.map(({ kind }) => kind))
    for (const [i, { position }] of points.entries()) {
      expect([...look.points[i]!.position]).toEqual([...position])
      expect(look.near[i]).toBe(isNear(position))
    }
    const trials = runTrials(settings, snapshot)
    for (const { name, output } of look.outputs.classes) {
      const members = trials.filter(trial => trial.name === name)
      const mean = (t: number) => members.reduce((sum, { outputs }) => sum + outputs[t]!, 0) / members.length
      for (const [t, value] of output.entries()) expect(value).toBeCloseTo(mean(t), 12)
    }
  })

  it('is laid out inside its frame, with no label on another', async () => {
    const look = lookAt(subject(), 300, (await snapshotAt(300)).parameters)
    const size = { width: 360, height: 400 }
    const { labels, streamlets } = layOutPlane(look.map, size)
    const ghosts = look.points.filter(({ kind }) => kind === 'ghost')
    expect(labels.filter(({ text }) => text.endsWith('steps'))).toHaveLength(ghosts.length)
    for (const { x, y } of labels) {
      expect(x).toBeGreaterThan(0)
      expect(x).toBeLessThan(size.width)
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThan(size.height)
    }
    for (const [i, a] of labels.entries()) {
      for (const b of labels.slice(i + 1)) {
        expect(Math.abs(a.x - b.x) > 20 || Math.abs(a.y - b.y) > 12).toBe(true)
      }
    }
    expect(streamlets.lines.match(/M/g)!.length).toBeGreaterThan(50)
    expect(streamlets.heads.match(/M/g)!.length).toBe(streamlets.lines.match(/M/g)!.length)
  })

  it('counts the ghosts near the paths with the longest dwell time, in steps', async () => {
    const snapshot = await snapshotAt(400)
    const look = lookAt(subject(), 400, snapshot.parameters)
    const { points, isNear } = lookAtNetwork(settings, snapshot)
    const near = points.filter(({ kind, position }) => kind === 'ghost' && isNear(position))
    const { ghosts, dwell } = sightingOf(look)
    expect(ghosts).toBe(near.length)
    expect(dwell).toBeCloseTo(
      Math.max(...near.map(p => p.canonicalForm!.dwellTime! / settings.model.leak)),
      9,
    )
  })
})

describe('what looks found', () => {
  const at = (epoch: number): Sighting => ({ epoch, ghosts: 0, dwell: 0, stable: 1 })

  it('is kept by epoch, the last look at an epoch counts, and its length is bounded', () => {
    const three = [5, 1, 3, 3].reduce<readonly Sighting[]>((all, epoch) => withSighting(all, at(epoch)), [])
    expect(three.map(({ epoch }) => epoch)).toEqual([1, 3, 5])
    let many: readonly Sighting[] = []
    for (let epoch = 0; epoch < 5000; epoch++) many = withSighting(many, at(epoch))
    expect(many.length).toBeLessThanOrEqual(240)
    expect(many[0]!.epoch).toBe(0)
  })

  it('has its gaps filled until there are none', () => {
    let looks: readonly Sighting[] = [at(700), at(801)]
    const asked: number[] = []
    for (let epoch = epochInGap(2499, 16, looks); epoch !== undefined; epoch = epochInGap(2499, 16, looks)) {
      asked.push(epoch)
      looks = withSighting(looks, at(epoch))
      expect(asked.length).toBeLessThan(100)
    }
    expect(asked.every(epoch => epoch % 16 === 0)).toBe(true)
    const epochs = looks.map(({ epoch }) => epoch)
    const gaps = epochs.slice(1).map((epoch, i) => epoch - epochs[i]!)
    expect(Math.max(...gaps)).toBeLessThan(130)
  })
})

describe('a collapse', () => {
  it('is one once it has lasted', () => {
    const events = { firstFall: 10, secondFall: undefined, collapse: 100, recoveries: 0, lowest: undefined }
    expect(lastingEvents({ events, epoch: 120 }).collapse).toBeUndefined()
    expect(lastingEvents({ events, epoch: 150 }).collapse).toBe(100)
  })
})

describe('searches in a network of one’s own', () => {
  it('are fewer the larger the network, and never none', () => {
    expect(startsWithin({ dimension: 2 })).toBe(200)
    expect(startsWithin({ dimension: 200 })).toBeLessThan(startsWithin({ dimension: 100 }))
    expect(startsWithin({ dimension: 1024 })).toBe(4)
  })
})

describe('a slow point in words', () => {
  it('says what it is, and gives the finder’s reason where it is no ghost', async () => {
    const { points } = lookAtNetwork(settings, await snapshotAt(830))
    const [ghost, slow] = (['ghost', 'slow'] as const).map(
      wanted => points.find(({ kind }) => kind === wanted)!,
    )
    expect(nameOf(ghost!, 2)).toBe('ghost')
    expect(reasonOf(ghost!, 0.5)).toContain('an eigenvalue passes through 0')
    expect(nameOf(slow!, 2)).toBe('slow point')
    expect(reasonOf(slow!, 0.5)).toContain(slow!.reason)
    const fixed = points.find(({ kind }) => kind === 'fixed point')!
    expect(nameOf(fixed, 2)).toBe('unstable fixed point')
    expect(reasonOf(fixed, 0.5)).toContain('In 2 directions a step enlarges what is off')
  })
})
