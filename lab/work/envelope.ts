import type { Stretch } from '../../src/training/trainer.js'

/**
 * Lowest and highest loss and gradient norm in bins of equal width, for curves on a linear axis: no spike is lost and
 * memory is bounded, because bins double their width whenever there are too many.
 */

/** Bins kept; a curve has hardly more pixels. */
const mostBins = 512
/** Epochs of a bin, to begin with. */
const firstWidth = 4

/** All arrays of one length; the last bin may not be full. */
export interface Bins {
  /** First epoch of each bin. */
  readonly epoch: Float64Array
  readonly lossLow: Float64Array
  readonly lossHigh: Float64Array
  readonly gradientLow: Float64Array
  readonly gradientHigh: Float64Array
}

const columns = ['lossLow', 'lossHigh', 'gradientLow', 'gradientHigh'] as const

export class Envelope {
  /** Epochs of a bin. */
  width = firstWidth
  private length = 0
  private readonly lows = { loss: new Float64Array(mostBins), gradient: new Float64Array(mostBins) }
  private readonly highs = { loss: new Float64Array(mostBins), gradient: new Float64Array(mostBins) }

  /** Stretches in order, none left out. */
  observe({ firstEpoch, loss, gradientNorm }: Stretch): void {
    for (let i = 0; i < loss.length; i++) {
      const bin = this.binOf(firstEpoch + i)
      this.widen('loss', bin, loss[i]!)
      this.widen('gradient', bin, gradientNorm[i]!)
    }
  }

  get bins(): Bins {
    const { length, width, lows, highs } = this
    return {
      epoch: Float64Array.from({ length }, (_, bin) => bin * width),
      lossLow: lows.loss.slice(0, length),
      lossHigh: highs.loss.slice(0, length),
      gradientLow: lows.gradient.slice(0, length),
      gradientHigh: highs.gradient.slice(0, length),
    }
  }

  /** The bin of an epoch; a new one is empty. */
  private binOf(epoch: number): number {
    while (epoch >= mostBins * this.width) this.halve()
    const bin = Math.floor(epoch / this.width)
    if (bin < this.length) return bin
    this.length = bin + 1
    for (const name of ['loss', 'gradient'] as const) {
      this.lows[name][bin] = Number.POSITIVE_INFINITY
      this.highs[name][bin] = Number.NEGATIVE_INFINITY
    }
    return bin
  }

  private widen(name: 'loss' | 'gradient', bin: number, value: number): void {
    this.lows[name][bin] = Math.min(this.lows[name][bin]!, value)
    this.highs[name][bin] = Math.max(this.highs[name][bin]!, value)
  }

  /** Makes one bin of every two. */
  private halve(): void {
    const half = Math.ceil(this.length / 2)
    for (const name of ['loss', 'gradient'] as const) {
      const [low, high] = [this.lows[name], this.highs[name]]
      for (let bin = 0; bin < half; bin++) {
        const second = Math.min(2 * bin + 1, this.length - 1)
        low[bin] = Math.min(low[2 * bin]!, low[second]!)
        high[bin] = Math.max(high[2 * bin]!, high[second]!)
      }
    }
    this.length = half
    this.width *= 2
  }
}

/** The buffers, to hand them over to another thread. */
export function buffersOf(bins: Bins): ArrayBuffer[] {
  return [bins.epoch, ...columns.map(name => bins[name])].map(array => array.buffer as ArrayBuffer)
}
