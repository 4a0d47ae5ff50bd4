// Compiles src/ and the lab's page to dist/ from nothing, and makes `npx ghostpoint` work from the checkout.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')

// Elsewhere first: whatever runs from dist goes on running while the compiler does, and if it fails.
const next = join(root, 'node_modules/.ghostpoint-dist')
rmSync(next, { recursive: true, force: true })
const compiler = join(root, 'node_modules/typescript/bin/tsc')
// Comments belong in the declarations, where editors show them; the code is smaller without.
compile('--emitDeclarationOnly')
compile('--declaration', 'false', '--removeComments')
await build({
  configFile: join(root, 'lab/vite.config.ts'),
  logLevel: 'warn',
  build: { outDir: join(next, 'lab') },
})
rmSync(dist, { recursive: true, force: true })
renameSync(next, dist)

const command = join(dist, 'cli/main.js')
chmodSync(command, 0o755)
linkCommand()

function compile(...flags) {
  const { status } = spawnSync(
    process.execPath,
    [compiler, '-p', 'tsconfig.build.json', '--outDir', next, ...flags],
    { cwd: root, stdio: ['ignore', 2, 2] },
  )
  if (status !== 0) process.exit(1)
}

/** npm links a package's own command only where the package is installed, not in its checkout. */
function linkCommand() {
  const folder = join(root, 'node_modules/.bin')
  const link = join(folder, 'ghostpoint')
  mkdirSync(folder, { recursive: true })
  rmSync(link, { force: true })
  if (process.platform === 'win32') {
    writeFileSync(`${link}.cmd`, `@node "${command}" %*\r\n`)
  } else if (!existsSync(link)) {
    symlinkSync('../../dist/cli/main.js', link)
  }
}
