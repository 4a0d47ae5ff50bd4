import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The first Python on the path that has all these modules; undefined if there is none. */
export function pythonWith(...modules: readonly string[]): string | undefined {
  const found = (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, 'python3'))
  return found
    .filter(python => existsSync(python))
    .find(python => spawnSync(python, ['-c', `import ${modules.join(', ')}`]).status === 0)
}

/** Runs a script with arguments; returns what it printed. @throws Error with what it complained of */
export function runPython(python: string, script: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(python, ['-c', script, ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout
}
