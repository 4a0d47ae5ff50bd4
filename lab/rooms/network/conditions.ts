import { effect, type Signal, signal } from '@preact/signals'
import { training } from './clients.js'
import { following, shown } from './place.js'
import { begun, changeCondition } from './playback.js'
import { values } from './state.js'

/** The rate and the confidence in force at the epoch shown, as controls that change them from there on. */
export const rate = signal(values.rate.peek())
export const confidence = signal(values.c.peek())

/** Milliseconds that a control has to rest: every change is kept, and a slider passes many values on its way. */
const rest = 200

interface Pending {
  timer: ReturnType<typeof setTimeout> | undefined
}
const pending: Record<'rate' | 'confidence', Pending> = {
  rate: { timer: undefined },
  confidence: { timer: undefined },
}

export function setRate(value: number): void {
  set(rate, value, pending.rate, () => changeCondition({ rate: value }))
}

export function setConfidence(value: number): void {
  set(confidence, value, pending.confidence, () => changeCondition({ confidence: value }))
}

function set(shownValue: Signal<number>, value: number, wish: Pending, change: () => void): void {
  shownValue.value = value
  clearTimeout(wish.timer)
  wish.timer = setTimeout(() => {
    wish.timer = undefined
    change()
  }, rest)
}

function forget(wish: Pending): void {
  clearTimeout(wish.timer)
  wish.timer = undefined
}

/** Lets the controls follow the training, from now on. */
export function startConditions(): void {
  effect(() => {
    // What was wished of the training before is not wished of the next.
    if (begun.value > 0) for (const wish of Object.values(pending)) forget(wish)
  })
  effect(() => {
    const look = shown.value
    const next = following.value ? (training.progress.value ?? look) : look
    const started = { rate: values.rate.value, confidence: values.c.value }
    if (pending.rate.timer === undefined) rate.value = next?.rate ?? started.rate
    if (pending.confidence.timer === undefined) confidence.value = next?.confidence ?? started.confidence
  })
}
