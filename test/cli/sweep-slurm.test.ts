import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { emptyFolder, ghostpoint } from './run-command.js'
import { killTask, slurmMissing, startSlurm, waitUntil } from './slurm-cluster.js'
import { smallPlan, tableOf, writePlan } from './sweep-files.js'

/** 24 runs in 12 shards, each of about a second. */
const plan = {
  ...smallPlan,
  settings: { ...smallPlan.settings, epochs: 60_000 },
  grid: { ...smallPlan.grid, seed: { range: [1, 3] } },
}
const shards = 12

const missing = slurmMissing()

describe.skipIf(missing !== undefined)(
  `a job array of Slurm${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    it('that lost a node and a task is completed by submitting again, to the table of one machine', async () => {
      const folder = emptyFolder()
      const file = writePlan(folder, plan)
      const cluster = await startSlurm()
      onTestFinished(() => cluster.stop())
      const parts = join(folder, 'parts')
      const submit = async () => {
        const args = ['sweep', 'submit', file, '--shards', String(shards), '--folder', parts]
        const { code, stdout, stderr } = await ghostpoint(args, { env: cluster.env })
        expect(code, stderr).toBe(0)
        return stdout
      }
      expect(await submit()).toMatch(/^submitted job 1: 12 of 12 shards\n$/)

      const everywhere = () => new Set(cluster.running().map(({ node }) => node)).size === 3
      expect(await waitUntil(everywhere, 30_000)).toBe(true)
      // The tasks are there, and have had time to begin.
      const stores = () => readdirSync(parts).filter(name => name.endsWith('.duckdb'))
      expect(await waitUntil(() => stores().length >= 2, 30_000)).toBe(true)
      cluster.loseNode('node3')
      const others = () => cluster.running().filter(({ node }) => node !== 'node3')
      expect(await waitUntil(() => others().length > 0, 30_000)).toBe(true)
      killTask(cluster, others()[0]!.shard)

      // Slurm puts the tasks of the lost node back into its queue, but waits for minutes before it starts them.
      expect(await waitUntil(() => cluster.settled(), 120_000)).toBe(true)
      const [again] = /\d+ of 12/.exec(await submit()) ?? []
      expect(Number.parseInt(again ?? '', 10)).toBeGreaterThanOrEqual(1)
      expect(Number.parseInt(again ?? '', 10)).toBeLessThan(shards)
      expect(await waitUntil(() => cluster.settled(), 90_000)).toBe(true)
      expect(await submit()).toBe('nothing to submit: 24 runs done\n')

      const merged = join(folder, 'merged.duckdb')
      const merge = await ghostpoint(['sweep', 'merge', merged, ...stores().map(name => join(parts, name))])
      expect(merge.code, merge.stderr).toBe(0)
      const local = join(folder, 'local.duckdb')
      expect((await ghostpoint(['sweep', 'run', file, '--store', local])).code).toBe(0)
      expect(await tableOf(merged)).toBe(await tableOf(local))
    }, 300_000)
  },
)
