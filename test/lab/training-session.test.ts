import { describe, expect, it } from 'vitest'
import { TrainingSession } from '../../lab/work/training-session.js'
import type { SettingsInput } from '../../src/settings/settings.js'
import { createTrainer } from '../../src/training/create-trainer.js'
import { train } from '../../src/training/train.js'

/** Falls at 3109, is lost at 3197. */
const settings: SettingsInput = {
  model: { kind: 'rank-one' },
  task: { kind: 'delayed-activation' },
  optimizer: { kind: 'sgd', rate: 0.02 },
  seed: 1,
  epochs: 3600,
}

/** Trains to the end in pieces of the given sizes, in turn. */
function trainInPieces(session: TrainingSession, sizes: readonly number[]): void {
  for (let i = 0; !session.ended; i++) session.advance(sizes[i % sizes.length]!)
}

/** The parameters after so many epochs of a training that nothing looked at. */
async function freshParameters(input: SettingsInput, epoch: number): Promise<Float64Array> {
  const trainer = await createTrainer(input)
  const changes = (input.changes ?? []).filter(change => change.epoch <= epoch)
  for (const { epoch: at, rate, confidence } of changes) {
    trainer.advance(at - trainer.epoch)
    trainer.change({
      ...(rate === undefined ? {} : { optimizer: { kind: 'sgd', rate } }),
      ...(confidence === undefined ? {} : { confidence }),
    })
  }
  trainer.advance(epoch - trainer.epoch)
  return trainer.snapshot().parameters
}

describe('a training session', () => {
  it('records the rows of train(), however its epochs are cut into pieces, and the same events', async () => {
    const result = await train({ ...settings, record: 'log' })
    for (const sizes of [[1, 7, 100, 3], [128]]) {
      const session = await TrainingSession.create(settings)
      trainInPieces(session, sizes)
      const rows = session.takeRows()
      // train() decides on the last hundred epochs when it ends, which a session does not know of.
      const decided = [...result.history.epoch].filter(epoch => epoch <= rows.at(-1)!.epoch)
      expect(rows.map(({ epoch }) => epoch)).toEqual(decided)
      expect(rows.at(-1)!.epoch).toBeGreaterThanOrEqual(3600 - 1 - 150)
      for (const [i, row] of rows.entries()) {
        expect(row.loss).toBe(result.history.loss[i])
        expect(row.gradientNorm).toBe(result.history.gradientNorm[i])
        expect(row.accuracy).toBe(result.history.accuracy[i])
      }
      expect(session.progress.events).toEqual(result.events)
      expect(session.progress.last!.loss).toBe(result.history.loss.at(-1))
    }
  })

  it('shows the last epoch measured with the parameters before its update', async () => {
    const session = await TrainingSession.create(settings)
    expect(session.present).toMatchObject({ epoch: 0, rate: 0.02, confidence: 10 })
    expect(session.present.parameters).toEqual(await freshParameters(settings, 0))
    session.advance(3110)
    expect(session.progress.epoch).toBe(3110)
    expect(session.present.epoch).toBe(3109)
    expect(session.present.parameters).toEqual(await freshParameters(settings, 3109))
    expect(session.present.row).toEqual(session.progress.last)
  })

  it('looks at any epoch as a training afresh would come to it, bit for bit', async () => {
    const session = await TrainingSession.create(settings)
    trainInPieces(session, [100])
    const { history } = await train({ ...settings, record: 'all' })
    for (const epoch of [0, 1, 15, 16, 17, 1000, 3108, 3109, 3197, 3599]) {
      const look = session.lookAt(epoch)
      expect(look.parameters).toEqual(await freshParameters(settings, epoch))
      const row = { loss: history.loss[epoch], gradientNorm: history.gradientNorm[epoch] }
      expect(look.row).toMatchObject({ epoch, ...row })
    }
  })

  it('looks at a stretch around an epoch, which is the history there', async () => {
    const session = await TrainingSession.create({ ...settings, changes: [{ epoch: 3120, rate: 0.05 }] })
    trainInPieces(session, [128])
    const { history } = await train({ ...settings, changes: [{ epoch: 3120, rate: 0.05 }], record: 'all' })
    const { around } = session.lookAt(3109, 100)
    expect(around!.firstEpoch).toBe(3009)
    expect(around!.loss).toEqual(history.loss.slice(3009, 3210))
    expect(around!.gradientNorm).toEqual(history.gradientNorm.slice(3009, 3210))
    expect(session.lookAt(3590, 100).around!.loss).toEqual(history.loss.slice(3490))
    expect(session.lookAt(0, 100).around!.loss).toEqual(history.loss.slice(0, 101))
  })

  it('makes the changes of its settings, and looks at epochs before and after them', async () => {
    const changed: SettingsInput = {
      ...settings,
      changes: [
        { epoch: 1000, rate: 0.03 },
        { epoch: 1003, confidence: 5 },
        { epoch: 2048, rate: 0.01, confidence: 8 },
      ],
    }
    const session = await TrainingSession.create(changed)
    trainInPieces(session, [77])
    const { history } = await train({ ...changed, record: 'all' })
    for (const epoch of [999, 1000, 1001, 1003, 1004, 2047, 2048, 2049, 3599]) {
      expect(session.lookAt(epoch).parameters).toEqual(await freshParameters(changed, epoch))
      expect(session.lookAt(epoch).row!.loss).toBe(history.loss[epoch])
    }
    expect(session.lookAt(1002)).toMatchObject({ rate: 0.03, confidence: 10 })
    expect(session.lookAt(1003)).toMatchObject({ rate: 0.03, confidence: 5 })
    expect(session.progress.changes).toEqual(changed.changes)
  })

  it('comes with changes by hand to what a training with these changes in its settings comes to', async () => {
    const session = await TrainingSession.create({ ...settings, changes: [{ epoch: 3000, rate: 1 }] })
    session.advance(1024)
    session.change({ rate: 0.04 })
    session.advance(17)
    session.change({ confidence: 4 })
    session.change({ rate: 0.03 })
    trainInPieces(session, [100])
    const { changes } = session.progress
    expect(changes).toEqual([
      { epoch: 1024, rate: 0.04 },
      { epoch: 1041, confidence: 4, rate: 0.03 },
    ])
    const result = await train({ ...settings, changes: [...changes], record: 'all' })
    expect(session.progress.last!.loss).toBe(result.history.loss.at(-1))
    expect(session.progress.last!.gradientNorm).toBe(result.history.gradientNorm.at(-1))
    for (const epoch of [1023, 1024, 1040, 1041, 1042, 2500]) {
      expect(session.lookAt(epoch).row!.loss).toBe(result.history.loss[epoch])
    }
  })

  it('takes a change before the first epoch for another start', async () => {
    const session = await TrainingSession.create(settings)
    session.change({ rate: 0.03 })
    expect(session.progress).toMatchObject({ changes: [], rate: 0.03 })
    session.advance(500)
    const other = { ...settings, optimizer: { kind: 'sgd', rate: 0.03 } } as const
    expect(session.lookAt(500).parameters).toEqual(await freshParameters(other, 500))
    expect(session.lookAt(7).parameters).toEqual(await freshParameters(other, 7))
  })

  it('keeps 512 snapshots at most, and looks are the same after they were thinned', async () => {
    const session = await TrainingSession.create({ ...settings, epochs: 40_000 })
    const kept = new Set<number>()
    while (!session.ended) {
      session.advance(100)
      const taken = session.takeKept()
      for (const { epoch } of taken.kept) kept.add(epoch)
      for (const epoch of kept) if (epoch % taken.spacing !== 0) kept.delete(epoch)
      expect(kept.size).toBeLessThanOrEqual(512)
    }
    // 40,000 epochs, 16 · 2³ = 128 apart.
    expect(kept.size).toBe(Math.floor(40_000 / 128) + 1)
    for (const epoch of [1, 129, 3333, 31_999]) {
      expect(session.lookAt(epoch).parameters).toEqual(await freshParameters(settings, epoch))
    }
  })

  it('hands on kept networks with those of the epoch after, once that is trained', async () => {
    const changed = { ...settings, changes: [{ epoch: 32, rate: 0.04 }] }
    const session = await TrainingSession.create(changed)
    session.advance(32)
    expect(session.takeKept().kept.map(({ epoch }) => epoch)).toEqual([0, 16])
    session.advance(33)
    const { kept } = session.takeKept()
    expect(kept.map(({ epoch }) => epoch)).toEqual([32, 48, 64])
    for (const { epoch, parameters, after } of kept) {
      expect(parameters).toEqual(await freshParameters(changed, epoch))
      expect(after).toEqual(await freshParameters(changed, epoch + 1))
    }
  })

  it('ends at a divergence and shows the network there', async () => {
    const session = await TrainingSession.create({ ...settings, optimizer: { kind: 'sgd', rate: 1e30 } })
    trainInPieces(session, [100])
    const { status, epochs } = await train({ ...settings, optimizer: { kind: 'sgd', rate: 1e30 } })
    expect(status).toBe('diverged')
    expect(session.progress.divergedAt).toBe(epochs)
    expect(session.lookAt(epochs).row).toBeUndefined()
  })

  it('goes on when its end is moved, as the longer training does', async () => {
    const session = await TrainingSession.create({ ...settings, epochs: 1000 })
    trainInPieces(session, [100])
    session.endAt(10)
    expect(session.ended).toBe(true)
    session.endAt(1500)
    trainInPieces(session, [100])
    expect(session.progress.epoch).toBe(1500)
    expect(session.present.parameters).toEqual(await freshParameters(settings, 1499))
  })

  it('holds the extremes of every epoch in at most 512 bins', async () => {
    const session = await TrainingSession.create(settings)
    trainInPieces(session, [33])
    const { history } = await train({ ...settings, record: 'all' })
    const { epoch, lossLow, lossHigh, gradientLow, gradientHigh } = session.bins
    // Bins of 4 epochs hold 2048 of them, so that they are 8 wide by 3600.
    expect(epoch).toEqual(Float64Array.from({ length: 450 }, (_, i) => 8 * i))
    for (const [bin, first] of epoch.entries()) {
      const loss = history.loss.slice(first, first + 8)
      const gradient = history.gradientNorm.slice(first, first + 8)
      expect([lossLow[bin], lossHigh[bin]]).toEqual([Math.min(...loss), Math.max(...loss)])
      expect([gradientLow[bin], gradientHigh[bin]]).toEqual([Math.min(...gradient), Math.max(...gradient)])
    }
  })
})
