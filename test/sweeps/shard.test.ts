import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandPlan } from '../../src/sweeps/expand-plan.js'
import { parsePlan } from '../../src/sweeps/plan.js'
import { parseShard, runsOfShard } from '../../src/sweeps/shard.js'
import { arrayRange, slurmScript } from '../../src/sweeps/slurm.js'
import { smallPlan } from '../cli/sweep-files.js'

const runs = expandPlan(parsePlan(smallPlan))

describe('shards', () => {
  it('have every run once between them, and differ by one run at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), count => {
        const parts = Array.from({ length: count }, (_, i) => runsOfShard(runs, { index: i + 1, count }))
        expect(parts.flat().sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(runs)
        const sizes = parts.map(part => part.length)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it.each(['0/3', '4/3', '3', '1/0', '-1/3', '1.5/3', 'a/b', ''])('are not named %j', text => {
    expect(() => parseShard(text)).toThrow('accepted: K/N')
  })
})

describe('the batch script', () => {
  it('names tasks as Slurm writes ranges', () => {
    expect(arrayRange([1, 2, 3, 7, 9, 10])).toBe('1-3,7,9-10')
    expect(arrayRange([4])).toBe('4')
  })

  it('asks for what is given, and leaves the rest to Slurm', () => {
    const script = slurmScript({
      name: 'a',
      shards: [1, 2],
      folder: '/f',
      command: ['node', '{shard}'],
      cpus: 2,
      time: '1:00',
    })
    const wanted = ['job-name=a', 'array=1-2', 'output=/f/%A_%a.log', 'cpus-per-task=2', 'time=1:00']
    for (const option of wanted) expect(script).toContain(`#SBATCH --${option}\n`)
    expect(script).not.toMatch(/account|partition|mem/)
    expect(script).toContain('\nexec node "$SLURM_ARRAY_TASK_ID"\n')
  })

  it('quotes what the shell would read otherwise', () => {
    const command = ['node', "it's $HOME/{shard}.json", '`reboot`']
    const script = slurmScript({ name: 'a', shards: [1], folder: '/a b', command, cpus: 1 })
    const quoted = `exec node 'it'\\''s $HOME/'"$SLURM_ARRAY_TASK_ID".json '\`reboot\`'\n`
    expect(script).toContain(quoted)
    expect(script).toContain(`#SBATCH --output="/a b/%A_%a.log"\n`)
    expect(script).toContain(`cd '/a b' || exit 1\n`)
    expect(() => slurmScript({ name: 'a', shards: [1], folder: '/a\n', command, cpus: 1 })).toThrow(
      'line ends',
    )
  })
})
