// Brings the checkout to a runnable state: dependencies, kernels, build. Each step is skipped when the
// files it is made from have not changed. Plain JavaScript without imports from npm: it runs before any install.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const oldestNode = [20, 19]

/** Installs what is missing and builds what is out of date. `quiet` keeps the steps' names off stderr. */
export function setUp({ quiet = false } = {}) {
  refuseOldNode()
  const say = text => quiet || process.stderr.write(`${text}\n`)
  step({
    name: 'dependencies',
    sources: ['package.json', 'package-lock.json', '.npmrc'],
    stamp: 'node_modules/.ghostpoint-installed',
    run: () => npm(['ci', '--include=dev', '--include=optional', '--loglevel=error']),
    say,
  })
  step({
    name: 'kernel',
    sources: ['src/kernel/assembly', 'scripts/build-kernel.mjs'],
    stamp: 'src/kernel/generated/.built',
    run: () => node(['scripts/build-kernel.mjs']),
    say,
  })
  step({
    name: 'library, command line and lab',
    sources: [
      'src',
      'lab',
      'tsconfig.json',
      'tsconfig.build.json',
      'scripts/build.mjs',
      'package.json',
      'package-lock.json',
    ],
    stamp: 'dist/.built',
    run: () => node(['scripts/build.mjs']),
    say,
  })
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [needMajor, needMinor] = oldestNode
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return
  process.stderr.write(
    `ghostpoint needs Node ${oldestNode.join('.')} or newer; this is Node ${process.versions.node}\n`,
  )
  process.exit(1)
}

function step({ name, sources, stamp, run, say }) {
  const wanted = fingerprint(sources)
  const stampFile = join(root, stamp)
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return
  say(`setting up: ${name}`)
  rmSync(stampFile, { force: true })
  const status = run()
  if (status !== 0) {
    process.stderr.write(`setting up failed at: ${name}\n`)
    process.exit(1)
  }
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, wanted)
}

function fingerprint(sources) {
  const hash = createHash('sha256').update(`${process.versions.modules} ${process.platform} ${process.arch}`)
  for (const file of sources.flatMap(source => filesUnder(source)).sort()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(path) {
  const full = join(root, path)
  if (!existsSync(full)) return []
  try {
    return readdirSync(full, { withFileTypes: true }).flatMap(entry =>
      entry.name === '.built' ? [] : filesUnder(`${path}/${entry.name}`),
    )
  } catch {
    return [path]
  }
}

function npm(args) {
  const command = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  return spawn(command, args, { shell: process.platform === 'win32' })
}

function node(args) {
  return spawn(process.execPath, args)
}

function spawn(command, args, options = {}) {
  // Children write to stderr, so that stdout stays free for results.
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options }).status ?? 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setUp()
