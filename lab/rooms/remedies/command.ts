import type { SettingsInput } from '../../../src/settings/settings.js'
import type { SeedReport } from '../../work/many-protocol.js'
import { manyJob, pairJob, rankOneSettings } from './jobs.js'
import { many, pair, place } from './player.js'
import { experiment, values } from './state.js'

/** Lines for a shell that compute what is seen. */

export function command(): string | undefined {
  switch (experiment()) {
    case 'confidence':
      return confidenceCommand()
    case 'rank':
      return rankCommand()
    case 'many':
      return manyCommand()
  }
}

/** The twin with the lowered confidence, or the only one, up to the epoch that is seen. */
function confidenceCommand(): string | undefined {
  const [first, second] = pair.progress.peek()?.twins ?? []
  if (first === undefined) return undefined
  const settings = rankOneSettings(values.seed.peek())
  const epochs = place.peek() + 1
  const from = (first.firstCollapse ?? Number.POSITIVE_INFINITY) + 1
  const change =
    second !== undefined && from < epochs ? ` --change ${from}:confidence=${values.c.peek()}` : ''
  return `${rankOneLine(settings)} --seed ${settings.seed} --epochs ${epochs}${change}`
}

/** Both networks, up to the epoch that is seen. */
function rankCommand(): string | undefined {
  const job = pairJob()
  if (job.kind !== 'two' || pair.progress.peek() === undefined) return undefined
  const epochs = place.peek() + 1
  const files = job.settings.map((settings, i) => ({
    name: `twin-${i + 1}.json`,
    settings: { ...settings, epochs },
  }))
  return [
    ...files.map(({ name, settings }) => written(settings, name)),
    ...files.map(({ name }) => `ghostpoint train ${name}`),
  ].join(' && ')
}

/** Every seed in turn, up to the epochs that are done: its summary as a line of JSON. */
function manyCommand(): string | undefined {
  const now = many.progress.peek()
  if (now === undefined || now.epoch === 0) return undefined
  const { settings, lowerTo } = manyJob()
  const epochs = place.peek() + 1
  const seeds = now.runs.map(run => seedArguments(run, epochs, lowerTo))
  const file = 'forty.json'
  const { seed: _, ...shared } = { ...settings, epochs }
  const train =
    values.net.peek() === 'K' ? `ghostpoint train ${file}` : `${rankOneLine(settings)} --epochs ${epochs}`
  const line = `printf '%s\\n' ${seeds.join(' ')} | xargs -L1 ${train} --json --seed | grep summary`
  return values.net.peek() === 'K' ? `${written(shared, file)} && ${line}` : line
}

function seedArguments({ seed, loweredAt }: SeedReport, epochs: number, lowerTo: number | undefined): string {
  if (lowerTo === undefined || loweredAt === undefined || loweredAt >= epochs) return String(seed)
  return `'${seed} --change ${loweredAt}:confidence=${lowerTo}'`
}

function rankOneLine({ optimizer }: SettingsInput): string {
  return `ghostpoint train --rate ${optimizer.rate}`
}

function written(settings: object, file: string): string {
  return `echo '${JSON.stringify(settings)}' > ${file}`
}
