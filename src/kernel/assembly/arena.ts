/**
 * Memory of one kernel instance, handed out from the bottom up. Sizes are float64: a network beyond the
 * 4 GiB of WebAssembly must be refused with the size it would need, not with that size modulo 4 GiB.
 * Nothing is touched until the host has grown the memory to `used()`; fresh memory is zero.
 */

const cacheLine: f64 = 64

let top: f64 = 0

/** Forgets all that was handed out. What lies below is the tables of constants. */
export function reset(): void {
  top = 0
  reserve(<f64>__heap_base)
}

/** The address of `bytes` fresh bytes, at the start of a cache line. */
export function reserve(bytes: f64): usize {
  const start = top
  top = ceil((top + bytes) / cacheLine) * cacheLine
  return <usize>start
}

/** Bytes handed out. */
export function used(): f64 {
  return top
}
