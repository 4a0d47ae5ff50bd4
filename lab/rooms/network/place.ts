import { computed, signal } from '@preact/signals'
import { formatCount } from '../../../src/figures/numbers.js'
import type { Look } from '../../work/training-session.js'
import { training } from './clients.js'
import { values } from './state.js'

/** Which epoch is shown: the present one of a training that runs, or one of its past. */

/** Whether the present epoch is shown. */
export const following = signal(true)
/** The epoch shown otherwise. */
export const pastEpoch = signal(0)

/** The last epoch that was trained. */
export const head = computed(() => Math.max(0, (training.progress.value?.epoch ?? 0) - 1))
export const shownEpoch = computed(() => (following.value ? head.value : pastEpoch.value))

/** The network shown; of a past epoch that is being looked up, the one before it. */
export const shown = computed<Look | undefined>(() =>
  following.value ? training.present.value : (training.looked.value ?? training.present.value),
)

/** The last epoch of the whole training. */
export const lastEpoch = computed(() => values.epochs.value - 1)

export const epochText = computed(
  () => `${formatCount(shownEpoch.value)} of ${formatCount(values.epochs.value)}`,
)
