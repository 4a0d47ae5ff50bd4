import type { MemoryTrainingData, StageShares } from '../../figures/memory/data.js'
import { wilsonInterval } from '../../numerics/statistics.js'
import type { History } from '../../training/history.js'
import { attractingGhosts } from './attracting-ghosts.js'
import type { MemoryLook, SeedRun } from './seed-run.js'
import type { MemorySettings } from './settings.js'

/** What figures 4 and 5 draw of a task's trainings; `shown` is the seed with the picture. */
export function trainingData(
  name: string,
  settings: MemorySettings,
  shown: SeedRun<unknown>,
  runs: readonly SeedRun<unknown>[],
): MemoryTrainingData {
  const { kind, rate } = settings.optimizer
  return {
    name,
    optimizer: `${kind === 'adam' ? 'Adam' : 'SGD'} ${rate}`,
    seed: shown.seed,
    epochs: settings.epochs,
    history: shown.history,
    events: shown.events,
    others: runs.filter(run => run !== shown).map(({ history }) => binned(history)),
    stages: stageShares(runs),
    learning: {
      seeds: runs.filter(({ events }) => events.firstFall !== undefined).length,
      of: runs.length,
    },
  }
}

/** Upper edges of the stages that looks are sorted into, as multiples of the first fall; later looks are not shown. */
const edges = [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.8, 3.5] as const

/** Shares of the seeds that learn, at each stage in which at least half of them have a look; the last look of a stage counts. */
export function stageShares(runs: readonly Pick<SeedRun<unknown>, 'events' | 'looks'>[]): StageShares[] {
  const learning = runs.flatMap(({ events, looks }) =>
    events.firstFall === undefined ? [] : [{ fall: events.firstFall, looks }],
  )
  const shares = (stage: number, looks: readonly MemoryLook[]): StageShares => ({
    stage,
    ghost: wilsonInterval(looks.filter(look => attractingGhosts(look).length > 0).length, looks.length),
    bistable: wilsonInterval(
      looks.filter(({ stableFixedPoints }) => stableFixedPoints > 1).length,
      looks.length,
    ),
  })
  if (learning.length === 0) return []
  const initial = shares(
    0,
    learning.map(({ looks }) => looks[0]!),
  )
  const later = edges.flatMap((edge, i) => {
    const from = edges[i - 1] ?? 0
    const last = learning.flatMap(({ fall, looks }) => {
      const within = looks.filter(
        ({ epoch }) => epoch > from * fall && epoch <= edge * fall && (edge > 1 || epoch < fall),
      )
      return within.length === 0 ? [] : [{ look: within.at(-1)!, stage: within.at(-1)!.epoch / fall }]
    })
    if (last.length < learning.length / 2) return []
    const middle = last.reduce((sum, { stage }) => sum + stage, 0) / last.length
    return [
      shares(
        middle,
        last.map(({ look }) => look),
      ),
    ]
  })
  return [initial, ...later]
}

/** Bins of a factor of 1.12 in the epoch; a history has more rows, most of them noise. */
const binsPerDecade = 20

/** A history's loss as means over log-spaced bins of epochs. */
function binned({ epoch, loss }: History): MemoryTrainingData['others'][number] {
  const bins = new Map<number, { epoch: number; loss: number; rows: number }>()
  for (const [i, at] of epoch.entries()) {
    const index = Math.floor(binsPerDecade * Math.log10(Math.max(1, at)))
    const bin = bins.get(index) ?? { epoch: 0, loss: 0, rows: 0 }
    bins.set(index, { epoch: bin.epoch + at, loss: bin.loss + loss[i]!, rows: bin.rows + 1 })
  }
  const rows = [...bins.values()]
  return {
    epoch: Float64Array.from(rows, row => row.epoch / row.rows),
    loss: Float64Array.from(rows, row => row.loss / row.rows),
  }
}
