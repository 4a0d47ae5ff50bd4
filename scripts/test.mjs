// `npm test`: sets everything up, then format, lint, types and every test. Arguments after `--` go to Vitest.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setUp } from './setup.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

function run(tool, args) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}

setUp()
run('@biomejs/biome/bin/biome', ['check', '.'])
run('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json'])
run('vitest/vitest.mjs', ['run', ...process.argv.slice(2)])
