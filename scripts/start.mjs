// `npm start`: sets everything up, then runs the main job. Arguments after `--` go to `ghostpoint reproduce`.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setUp } from './setup.mjs'

setUp()
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const given = process.argv.slice(2)
// The child gets Ctrl-C from the terminal as well and ends in its own time: this process only waits.
process.on('SIGINT', () => {})
const { status } = spawnSync(
  process.execPath,
  [join(root, 'dist/cli/main.js'), 'reproduce', '--profile', 'quick', ...given],
  {
    stdio: 'inherit',
  },
)
process.exit(status ?? 1)
