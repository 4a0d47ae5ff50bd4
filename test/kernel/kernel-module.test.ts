import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { adoptKernelModule, KernelInstance, kernelModule } from '../../src/kernel/kernel-module.js'

afterEach(() => {
  vi.restoreAllMocks()
  vi.resetModules()
})

describe('the kernel module', () => {
  it('is compiled once, however many ask for it at a time', async () => {
    vi.resetModules()
    const fresh = await import('../../src/kernel/kernel-module.js')
    const compile = vi.spyOn(WebAssembly, 'compile')
    const [first, second] = await Promise.all([fresh.kernelModule(), fresh.kernelModule()])
    expect(second).toBe(first)
    expect(await fresh.kernelModule()).toBe(first)
    expect(compile).toHaveBeenCalledTimes(1)
  })

  it('can be posted, and is adopted without compiling it again', async () => {
    const { port1, port2 } = new MessageChannel()
    port1.postMessage(await kernelModule())
    const posted: unknown = receiveMessageOnPort(port2)?.message
    port1.close()
    if (!(posted instanceof WebAssembly.Module)) throw new Error('not a module')
    const compile = vi.spyOn(WebAssembly, 'compile')
    adoptKernelModule(posted)
    expect(await kernelModule()).toBe(posted)
    await KernelInstance.create()
    expect(compile).not.toHaveBeenCalled()
  })

  it('names SIMD as what is missing where a vector is not valid', async () => {
    vi.resetModules()
    const fresh = await import('../../src/kernel/kernel-module.js')
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)
    await expect(fresh.kernelModule()).rejects.toThrow('no WebAssembly SIMD')
  })

  it('needs nothing from the host', async () => {
    expect(WebAssembly.Module.imports(await kernelModule())).toEqual([])
  })

  it('gives each instance a memory of its own', async () => {
    const [one, two] = await Promise.all([KernelInstance.create(), KernelInstance.create()])
    for (const instance of [one, two]) {
      instance.provide(instance.method('rankOneLayOut')(8, 2, 1), 'test')
    }
    one.floats('rankOneParameters', 24).fill(Number.NaN)
    expect(two.floats('rankOneParameters', 24).every(value => value === 0)).toBe(true)
  })

  it('names an export that is not there', async () => {
    const instance = await KernelInstance.create()
    expect(() => instance.method('nothing')).toThrow('no exported function nothing')
    expect(() => instance.value('rankOneTrain')).toThrow('no exported variable rankOneTrain')
  })
})
