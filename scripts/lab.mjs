// `npm run lab`: sets everything up, then serves the lab. Arguments after `--` go to `ghostpoint lab`.
import { setUp } from './setup.mjs'

setUp()
// In this process: whatever ends it, Ctrl-C or another signal, then ends the server as well.
process.argv.splice(2, 0, 'lab')
await import('../dist/cli/main.js')
