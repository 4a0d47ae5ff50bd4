import { createBreather } from './breather.js'
import type { Stretch, Trainer } from './trainer.js'

/** The most epochs trained between two looks at the clock; fewer where an epoch takes long. */
const mostAtOnce = 100

export interface AdvanceOptions {
  /** Sees every stretch of epochs, in order. */
  readonly onStretch: (stretch: Stretch) => void
  /** Called now and then with the epochs done. */
  readonly onProgress?: ((epochs: number) => void) | undefined
  /** Ends early, keeping what is done. */
  readonly signal?: AbortSignal | undefined
}

/** Trains on to an epoch, letting other things run every few milliseconds; ends early at a divergence. */
export async function advanceTo(trainer: Trainer, until: number, options: AdvanceOptions): Promise<void> {
  const { onStretch, onProgress, signal } = options
  const breathe = createBreather()
  let atOnce = 1
  while (trainer.epoch < until && trainer.divergedAt === undefined && !signal?.aborted) {
    onStretch(trainer.advance(Math.min(atOnce, until - trainer.epoch)))
    const breathed = await breathe()
    if (breathed) onProgress?.(trainer.epoch)
    atOnce = breathed ? Math.ceil(atOnce / 2) : Math.min(mostAtOnce, 2 * atOnce)
  }
}
