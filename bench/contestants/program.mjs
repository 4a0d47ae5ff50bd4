import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/**
 * A contestant in a process of its own: prints its first loss and gradient norm, then the
 * microseconds of processor time per epoch of a turn for each line it is sent.
 *
 * @param input buffers written to its standard input before anything else
 */
export async function program(name, command, args, input) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const numbers = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`${name} ended early`)
    return value.split(' ').map(Number)
  }
  for (const floats of input)
    child.stdin.write(Buffer.from(floats.buffer, floats.byteOffset, floats.byteLength))
  const [loss, norm] = await numbers()
  const time = async () => {
    child.stdin.write('\n')
    return (await numbers())[0]
  }
  return { name, loss, norm, time, close: () => child.stdin.end() }
}
