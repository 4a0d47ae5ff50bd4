/**
 * A loss curve reduced to what a small picture can show: the lowest and the highest loss of each of equal stretches of
 * epochs, and the present one. As long as that however long the training.
 */
export class LossOutline {
  private readonly low: Float64Array
  private readonly high: Float64Array
  private readonly lowEpoch: Float64Array
  private readonly highEpoch: Float64Array
  private last: readonly [number, number] | undefined

  /** @param epochs of the whole training */
  constructor(
    private readonly epochs: number,
    private readonly stretches = 48,
  ) {
    this.low = new Float64Array(stretches).fill(Number.POSITIVE_INFINITY)
    this.high = new Float64Array(stretches).fill(Number.NEGATIVE_INFINITY)
    this.lowEpoch = new Float64Array(stretches)
    this.highEpoch = new Float64Array(stretches)
  }

  observe(epoch: number, loss: number): void {
    const i = Math.min(this.stretches - 1, Math.floor((epoch * this.stretches) / this.epochs))
    if (loss < this.low[i]!) {
      this.low[i] = loss
      this.lowEpoch[i] = epoch
    }
    if (loss > this.high[i]!) {
      this.high[i] = loss
      this.highEpoch[i] = epoch
    }
    this.last = [epoch, loss]
  }

  /** Epoch and loss, alternately; epochs ascending. */
  get points(): Float64Array {
    const points: number[] = []
    const add = (epoch: number, loss: number) => {
      if (epoch > (points.at(-2) ?? -1)) points.push(epoch, loss)
    }
    for (let i = 0; i < this.stretches; i++) {
      if (this.low[i]! > this.high[i]!) continue
      const ends = [
        [this.lowEpoch[i]!, this.low[i]!],
        [this.highEpoch[i]!, this.high[i]!],
      ] as const
      for (const [epoch, loss] of ends[0][0] < ends[1][0] ? ends : ends.toReversed()) add(epoch, loss)
    }
    if (this.last !== undefined) add(...this.last)
    return Float64Array.from(points)
  }
}
