// Compiles the AssemblyScript kernels under src/kernel/assembly to WebAssembly, and writes the module as a
// TypeScript string, so that it travels with the library into browsers, bundles and workers alike.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const outputName = 'kernel.wasm'
const options = [
  ['--runtime', 'stub'], // no garbage collector: the kernels lay out their memory themselves
  ['--memoryBase', '0'],
  ['--enable', 'simd'],
  ['-O3'],
  ['--noAssert'],
  ['--disableWarning', '112'], // "v128 cannot be exported": it is, but only between our own files
].flat()

const output = new Map()
const { error, stderr } = await asc.main(
  ['src/kernel/assembly/index.ts', ...options, '--baseDir', root, '--outFile', outputName],
  { writeFile: (name, contents) => void output.set(name, contents) },
)
process.stderr.write(stderr.toString())
const binary = output.get(outputName)
if (error || binary === undefined) {
  process.stderr.write(`build-kernel: ${error?.message ?? 'the compiler wrote nothing'}\n`)
  process.exit(1)
}

const target = join(root, 'src/kernel/generated/kernel.ts')
mkdirSync(dirname(target), { recursive: true })
writeFileSync(
  target,
  `/** The kernels under src/kernel/assembly as WebAssembly, in base64. Written by scripts/build-kernel.mjs. */
export const kernelBase64 = '${Buffer.from(binary).toString('base64')}'
`,
)
