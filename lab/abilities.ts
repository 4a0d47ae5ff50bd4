import { hasSimd } from '../src/kernel/kernel-module.js'

/** What this browser lacks of what the page needs, in a sentence; undefined if it lacks nothing. */
export function missingAbility(): string | undefined {
  if (typeof WebAssembly === 'undefined' || !hasSimd()) {
    return 'This browser has no WebAssembly SIMD, which the trainings on this page run on. Chrome 91, Firefox 89 and Safari 16.4, or newer ones, have it. The text below stands without.'
  }
  if (typeof Worker === 'undefined') {
    return 'This browser has no web workers, in which the trainings on this page run. The text below stands without.'
  }
  return undefined
}
