import { InputError } from '../settings/input-error.js'
import { kernelBase64 } from './generated/kernel.js'

/**
 * The WebAssembly module with every kernel. It is compiled once per process; a worker is sent the compiled
 * module (it may be posted) and adopts it. Each training has an instance of its own, with its own memory.
 */

/** A module of one function that does nothing but hold a vector: valid only where SIMD is. */
const simdProbe = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
)

const pageBytes = 65_536
/** Pages of the 4 GiB that a 32-bit address reaches. */
const mostPages = 65_536

let shared: Promise<WebAssembly.Module> | undefined

/**
 * The compiled kernels.
 * @throws Error if this host has no WebAssembly SIMD
 */
export function kernelModule(): Promise<WebAssembly.Module> {
  shared ??= compile()
  return shared
}

/** Makes `kernelModule` return a module compiled elsewhere: call it in a worker, before any training. */
export function adoptKernelModule(module: WebAssembly.Module): void {
  shared = Promise.resolve(module)
}

/** Whether this host has WebAssembly SIMD. */
export function hasSimd(): boolean {
  return WebAssembly.validate(simdProbe)
}

async function compile(): Promise<WebAssembly.Module> {
  if (!hasSimd()) {
    throw new Error(
      'this JavaScript engine has no WebAssembly SIMD, which the float32 kernels need ' +
        '(Node 16.4, Chrome 91, Firefox 89, Safari 16.4 or newer); precision "double" works without',
    )
  }
  return WebAssembly.compile(Uint8Array.from(atob(kernelBase64), character => character.charCodeAt(0)))
}

/** One instance of the kernels: its functions, and views of its memory. */
export class KernelInstance {
  private constructor(private readonly exports: WebAssembly.Exports) {}

  static async create(): Promise<KernelInstance> {
    const { exports } = await WebAssembly.instantiate(await kernelModule())
    return new KernelInstance(exports)
  }

  /** An exported function of numbers. */
  method(name: string): (...values: number[]) => number {
    const method = this.exports[name]
    if (typeof method !== 'function') throw missing('function', name)
    return (...values) => Number(method(...values))
  }

  /** The value of an exported variable: a size or an address, which are unsigned. */
  value(name: string): number {
    const variable = this.exports[name]
    if (!(variable instanceof WebAssembly.Global)) throw missing('variable', name)
    return Number(variable.value) >>> 0
  }

  /** A view of `length` float32 at an exported address. */
  floats(name: string, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, this.value(name), length)
  }

  /** A view of `length` float64 at an exported address. */
  doubles(name: string, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, this.value(name), length)
  }

  /**
   * Makes the memory at least `bytes` long. Views taken before are void.
   * @param purpose what the bytes are for, for the message
   * @throws InputError if they are more than WebAssembly can address or this host can give
   */
  provide(bytes: number, purpose: string): void {
    const { memory } = this
    const pages = Math.ceil(bytes / pageBytes)
    const needs = `needs ${bytes} bytes of memory`
    if (pages > mostPages) {
      throw new InputError(purpose, needs, `at most ${mostPages * pageBytes}, what WebAssembly addresses`)
    }
    const more = pages - memory.buffer.byteLength / pageBytes
    if (more <= 0) return
    try {
      memory.grow(more)
    } catch {
      throw new InputError(purpose, `${needs}, more than this host gives`)
    }
  }

  private get memory(): WebAssembly.Memory {
    const { memory } = this.exports
    if (!(memory instanceof WebAssembly.Memory)) throw missing('memory', 'memory')
    return memory
  }
}

function missing(kind: string, name: string): Error {
  return new Error(`kernel: no exported ${kind} ${name}; run scripts/build-kernel.mjs`)
}
