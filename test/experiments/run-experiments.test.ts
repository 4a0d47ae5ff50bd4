import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { defineExperiment, type Experiment, type PartContext } from '../../src/experiments/experiment.js'
import type { PartAddress, PartCache, PartResult } from '../../src/experiments/part-cache.js'
import { type Outcome, type RunOptions, runExperiments } from '../../src/experiments/run-experiments.js'

// Made-up experiments are unknown to worker threads; without the optional package, parts run in this thread.
vi.mock('piscina', () => {
  throw new Error('not installed')
})

type Part = (context: PartContext) => Promise<number>

/** An experiment of numbers; its one claim's measurement is their sum. */
function summing(figure: string, parts: Record<string, Part>): Experiment {
  const id = `${figure}a`
  return defineExperiment<Record<string, number>>({
    figure,
    title: 'a sum',
    claims: [{ id, statement: 'a sum', expected: 'a sum', rule: 'none' }],
    parts,
    conclude: results => {
      const sum = Object.values(results).reduce((total, value) => total + value, 0)
      if (sum < 0) throw new RangeError('conclude: negative sum')
      return {
        findings: { [id]: { measured: String(sum), verdict: 'supported' } },
        settings: [],
        draw: () => {
          throw new Error('not asked for')
        },
      }
    },
  })
}

const later = (milliseconds = 1) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))
const fails = async () => {
  throw new Error('no luck')
}

async function outcomesOf(experiments: readonly Experiment[], options: Partial<RunOptions> = {}) {
  const outcomes = new Map<string, Outcome>()
  await runExperiments(experiments, {
    profile: 'quick',
    onOutcome: ({ figure }, outcome) => {
      expect(outcomes.has(figure)).toBe(false)
      outcomes.set(figure, outcome)
    },
    ...options,
  })
  return outcomes
}

function measured(outcome: Outcome | undefined): string | undefined {
  return outcome?.status === 'done' ? Object.values(outcome.conclusion.findings)[0]?.measured : undefined
}

describe('runExperiments without workers', () => {
  it('concludes every experiment from all of its parts, run one at a time', async () => {
    let running = 0
    const part =
      (value: number): Part =>
      async () => {
        expect(++running).toBe(1)
        await later()
        running--
        return value
      }
    const outcomes = await outcomesOf([
      summing('1', { a: part(1), b: part(2) }),
      summing('2', { a: part(3), b: part(4) }),
    ])
    expect([...outcomes.values()].map(measured)).toEqual(['3', '7'])
  })

  it('says that it has one core only, and what to install', async () => {
    const notes: string[] = []
    await outcomesOf([summing('1', { a: async () => 1 })], { onNote: text => notes.push(text) })
    expect(notes).toEqual(['piscina is not installed, so only one core is used (npm install piscina)'])
  })

  it('fails the experiment of a part that fails, and no other', async () => {
    const outcomes = await outcomesOf([
      summing('1', { a: fails, b: async () => 2 }),
      summing('2', { a: async () => 3 }),
    ])
    expect(outcomes.get('1')).toMatchObject({ status: 'failed', error: 'no luck' })
    expect(measured(outcomes.get('2'))).toBe('3')
  })

  it('fails an experiment that cannot be concluded, and no other', async () => {
    const outcomes = await outcomesOf([
      summing('1', { a: async () => -1 }),
      summing('2', { a: async () => 3 }),
    ])
    expect(outcomes.get('1')).toMatchObject({ status: 'failed', error: 'conclude: negative sum' })
    expect(measured(outcomes.get('2'))).toBe('3')
  })

  it('gives every part the profile', async () => {
    const seen: string[] = []
    const part: Part = async ({ profile }) => seen.push(profile)
    await outcomesOf([summing('1', { a: part, b: part })], { profile: 'paper' })
    expect(seen).toEqual(['paper', 'paper'])
  })

  it('reports progress that never falls, is whole at the end alone, and counts the parts alike', async () => {
    const shares: number[] = []
    let lateWord = () => {}
    const talkative: Part = async ({ onProgress }) => {
      for (const share of [0.5, 0.2, 1]) onProgress(share)
      lateWord = () => onProgress(0.9)
      return 1
    }
    const silent: Part = async () => {
      lateWord()
      return 1
    }
    await outcomesOf([summing('1', { a: talkative, b: silent })], {
      onProgress: (_, share) => shares.push(share),
    })
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares[0]).toBe(0.25)
    expect(shares.filter(share => share === 1)).toHaveLength(1)
    expect(shares.at(-1)).toBe(1)
    expect(shares).toContain(0.5)
  })

  it('that is aborted keeps what is done, drops the part under way, and starts no other', async () => {
    const controller = new AbortController()
    const started: string[] = []
    const endless: Part = () => {
      started.push('endless')
      controller.abort()
      return new Promise(() => {})
    }
    const never: Part = async () => started.push('never')
    const outcomes = await outcomesOf(
      [
        summing('1', { a: async () => 1 }),
        summing('2', { a: endless, b: never }),
        summing('3', { a: never }),
      ],
      { signal: controller.signal },
    )
    expect(started).toEqual(['endless'])
    expect([...outcomes.values()].map(({ status }) => status)).toEqual(['done', 'interrupted', 'interrupted'])
  })

  it('waits for what is done with an outcome', async () => {
    let finished = false
    await outcomesOf([summing('1', { a: async () => 1 })], {
      onOutcome: async () => {
        await later(5)
        finished = true
      },
    })
    expect(finished).toBe(true)
  })
})

/** Kept parts in memory, by name. */
function keepIn(parts: Map<string, PartResult>): PartCache {
  const nameOf = ({ figure, part, profile }: PartAddress) => `${figure} ${part} ${profile}`
  return {
    load: address => parts.get(nameOf(address)),
    store: (address, part) => parts.set(nameOf(address), part),
  }
}

describe('runExperiments with kept parts', () => {
  const kept = (value: number) => ({ result: value, seconds: 100 })
  const never: Part = async () => {
    throw new Error('run again')
  }

  it('runs what is missing alone, and concludes from both', async () => {
    const parts = new Map([['1 a quick', kept(40)]])
    const outcomes = await outcomesOf([summing('1', { a: never, b: async () => 2 })], {
      cache: keepIn(parts),
    })
    expect(measured(outcomes.get('1'))).toBe('42')
    expect(parts.get('1 b quick')?.result).toBe(2)
  })

  it('counts the seconds of computation, kept or not, and none that a part waited for its turn', async () => {
    let clock = 0
    onTestFinished(vi.spyOn(performance, 'now').mockImplementation(() => 1000 * clock).mockRestore)
    const lasting =
      (seconds: number): Part =>
      async () => {
        clock += seconds
        return 1
      }
    const cache = keepIn(new Map([['1 a quick', kept(1)]]))
    const outcomes = await outcomesOf(
      [summing('1', { a: never, b: lasting(8) }), summing('2', { a: lasting(0.5), b: lasting(2) })],
      { cache },
    )
    expect(outcomes.get('1')).toMatchObject({ kept: 1, parts: 2, seconds: 108 })
    expect(outcomes.get('2')).toMatchObject({ kept: 0, parts: 2, seconds: 2.5 })
  })

  it('begins its progress from them', async () => {
    const shares: number[] = []
    const cache = keepIn(new Map([['1 a quick', kept(1)]]))
    await outcomesOf([summing('1', { a: never, b: async () => 2 })], {
      cache,
      onProgress: (_, share) => shares.push(share),
    })
    expect(shares).toEqual([0.5, 1])
  })

  it('starts no workers where nothing is missing', async () => {
    const notes: string[] = []
    const cache = keepIn(new Map([['1 a quick', kept(1)]]))
    await outcomesOf([summing('1', { a: never })], { cache, onNote: text => notes.push(text) })
    expect(notes).toEqual([])
  })

  it('keeps what was done before an abort or a failure', async () => {
    const controller = new AbortController()
    const parts = new Map<string, PartResult>()
    const endless: Part = () => {
      controller.abort()
      return new Promise(() => {})
    }
    await outcomesOf(
      [summing('1', { a: async () => 1, b: fails }), summing('2', { a: async () => 3, b: endless })],
      {
        cache: keepIn(parts),
        signal: controller.signal,
      },
    )
    expect([...parts.keys()]).toEqual(['1 a quick', '2 a quick'])
  })
})

describe('an experiment', () => {
  const experiment = summing('1', { a: async () => 1, b: async () => 2 })

  it('refuses a part that it does not have', async () => {
    const context = { profile: 'quick', onProgress: () => {} } as const
    await expect(experiment.runPart('c', context)).rejects.toThrow(new RangeError('figure 1 has no part "c"'))
  })

  it('refuses to conclude without all of its parts', () => {
    expect(() => experiment.conclude({ a: 1 }, 'quick')).toThrow(new RangeError('figure 1: no result of b'))
  })

  it('runs and wants the parts of a profile alone', async () => {
    const parted = defineExperiment<Record<string, number>>({
      figure: '9',
      title: 'parts by profile',
      claims: [],
      parts: { small: async () => 1, large: async () => fails() },
      runs: (part, profile) => part === 'small' || profile === 'paper',
      conclude: results => ({
        findings: {},
        settings: [{ setting: 'parts', published: '2', run: Object.keys(results).join() }],
        draw: () => {
          throw new Error('not asked for')
        },
      }),
    })
    expect(parted.partsOf('quick')).toEqual(['small'])
    expect(parted.partsOf('paper')).toEqual(['small', 'large'])
    const outcome = (await outcomesOf([parted])).get('9')
    expect(outcome?.status === 'done' && outcome.conclusion.settings[0]?.run).toBe('small')
    expect(outcome).toMatchObject({ parts: 1 })
  })
})
