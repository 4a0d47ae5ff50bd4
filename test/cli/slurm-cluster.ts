import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** A Slurm of one controller and three nodes, all on this machine, in a folder of its own. */
export interface SlurmCluster {
  /** Environment in which Slurm's commands talk to it. */
  readonly env: NodeJS.ProcessEnv
  /** Array tasks that run: shard and node. */
  running(): { shard: number; node: string }[]
  /** Whether no task runs or is about to: those put back after a lost node wait for minutes. */
  settled(): boolean
  /** Kills a node's daemon, its tasks and what watches over them, as a power cut does. */
  loseNode(node: string): void
  stop(): Promise<void>
}

const programs = ['slurmctld', 'slurmd', 'munged', 'sbatch', 'squeue', 'scancel', 'sinfo', 'setpriv']

/** Why there can be no cluster here; undefined if there can. */
export function slurmMissing(): string | undefined {
  if (process.platform !== 'linux') return 'not on Linux'
  const missing = programs.filter(name => spawnSync('which', [name]).status !== 0)
  if (missing.length > 0) return `no ${missing.join(', ')}`
  if (process.getuid?.() !== 0) return 'not root, who starts the daemons'
  return spawnSync('id', ['munge']).status === 0 ? undefined : 'no user munge'
}

const nodes = ['node1', 'node2', 'node3']

/** Starts a cluster, and waits until its nodes are idle. */
export async function startSlurm(): Promise<SlurmCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'slurm-'))
  chmodSync(folder, 0o755)
  const ports = await freePorts(1 + nodes.length)
  const config = join(folder, 'slurm.conf')
  writeFileSync(config, configuration(folder, ports))
  const env = { ...process.env, SLURM_CONF: config }
  for (const name of ['state', ...nodes]) mkdirSync(join(folder, name))
  const start = (program: string, ...args: string[]) => spawn(program, args, { env, stdio: 'ignore' })
  const munge = startMunge(folder)
  const controller = start('slurmctld', '-D', '-c')
  const daemons = new Map(nodes.map(node => [node, start('slurmd', '-D', '-N', node)]))
  const ask = (program: string, ...args: string[]) =>
    spawnSync(program, args, { env, encoding: 'utf8' }).stdout.trim()
  const running = () =>
    ask('squeue', '-h', '-t', 'R', '-o', '%K %N')
      .split('\n')
      .filter(line => line !== '')
      .map(line => line.split(' '))
      .map(([shard, node]) => ({ shard: Number(shard), node: node! }))
  const stop = async () => {
    ask('scancel', '-f', '-u', 'root')
    await waitUntil(() => running().length === 0, 5000)
    await endAll([...daemons.values(), controller, munge])
    rmSync(folder, { recursive: true, force: true })
  }
  const idle = () => ask('sinfo', '-h', '-o', '%D %T') === `${nodes.length} idle`
  if (!(await waitUntil(idle, 30_000))) {
    await stop()
    throw new Error('the nodes of Slurm do not come up')
  }
  return {
    env,
    running,
    settled: () => ask('squeue', '-h', '-r', '-o', '%t %r').replaceAll('PD BeginTime', '').trim() === '',
    loseNode(node) {
      const shards = running().filter(task => task.node === node)
      daemons.get(node)?.kill('SIGKILL')
      for (const { shard } of shards) {
        for (const { pid, parent } of tasksOf(shard)) {
          // Its parent is the daemon's child that watches over the task.
          process.kill(parent, 'SIGKILL')
          process.kill(pid, 'SIGKILL')
        }
      }
    },
    stop,
  }

  /** Processes of one shard of this cluster: they have its configuration in their environment. */
  function tasksOf(shard: number): { pid: number; parent: number }[] {
    return processes().filter(({ words, pid }) => {
      const isShard = words.some((word, i) => word === '--shard' && words[i + 1]?.startsWith(`${shard}/`))
      return isShard && environmentOf(pid).includes(config)
    })
  }
}

/** Kills the task that computes a shard, as running out of memory does. */
export function killTask(cluster: SlurmCluster, shard: number): void {
  const config = cluster.env.SLURM_CONF ?? ''
  for (const { pid, words } of processes()) {
    const at = words.indexOf('--shard')
    if (at < 0 || !words[at + 1]?.startsWith(`${shard}/`)) continue
    if (environmentOf(pid).includes(config)) process.kill(pid, 'SIGKILL')
  }
}

/** Polls until something holds; whether it did in time. */
export async function waitUntil(holds: () => boolean, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds
  while (performance.now() < end) {
    if (holds()) return true
    await wait(200)
  }
  return holds()
}

function startMunge(folder: string): ChildProcess {
  const home = join(folder, 'munge')
  mkdirSync(home)
  writeFileSync(join(home, 'key'), randomBytes(1024), { mode: 0o400 })
  execFileSync('chown', ['-R', 'munge:', home])
  const files = ['key-file=key', 'socket=socket', 'pid-file=pid', 'log-file=log', 'seed-file=seed']
  const flags = files.map(file => `--${file.replace('=', `=${home}/`)}`)
  const user = ['--reuid', 'munge', '--regid', 'munge', '--clear-groups']
  return spawn('setpriv', [...user, 'munged', '--foreground', ...flags], { stdio: 'ignore' })
}

function configuration(folder: string, [controller, ...ports]: readonly number[]): string {
  const host = hostname().split('.')[0]
  const machines = nodes.map(
    (node, i) => `NodeName=${node} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${ports[i]} CPUs=1`,
  )
  return `ClusterName=test
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${controller}
AuthType=auth/munge
AuthInfo=socket=${folder}/munge/socket
SlurmUser=root
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/%n
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/%n.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1,bf_interval=1
SlurmdTimeout=5
ReturnToService=2
MpiDefault=none
SwitchType=switch/none
KillWait=2
${machines.join('\n')}
PartitionName=all Nodes=node[1-3] Default=YES MaxTime=INFINITE State=UP
`
}

/** Ports that were free just now. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(
    servers.map(
      server =>
        new Promise<number>(resolve => {
          server.listen(0, '127.0.0.1', () => {
            const address = server.address()
            resolve(typeof address === 'object' && address !== null ? address.port : 0)
          })
        }),
    ),
  )
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}

function processes(): { pid: number; parent: number; words: string[] }[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(name => {
      const words = textOf(`/proc/${name}/cmdline`).split('\0')
      const parent = Number(/^PPid:\s*(\d+)/m.exec(textOf(`/proc/${name}/status`))?.[1])
      return { pid: Number(name), parent, words }
    })
}

const environmentOf = (pid: number) => textOf(`/proc/${pid}/environ`)

/** A file's text; nothing if its process has ended. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

async function endAll(children: readonly ChildProcess[]): Promise<void> {
  const alive = () => children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
  for (const child of alive()) child.kill('SIGTERM')
  await waitUntil(() => alive().length === 0, 4000)
  for (const child of alive()) child.kill('SIGKILL')
}
