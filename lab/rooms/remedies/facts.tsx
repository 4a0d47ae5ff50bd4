import type { ComponentChild } from 'preact'
import { formatCount, formatFixed, formatNumber, formatPercent } from '../../../src/figures/numbers.js'
import type { TwinLook } from '../../work/pair-protocol.js'
import { accuracyAfter, judged, learnedWell, rankThreshold, silentAccuracy } from './comparison.js'
import { tally } from './many-pictures.js'
import { many, pair, place, shownLook } from './player.js'
import { confidenceNames, rankNames } from './twin-names.js'

/** The numbers of an experiment in words, above its pictures. */

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChild }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const lossAndAccuracy = (look: TwinLook | undefined) =>
  look?.row === undefined
    ? '–'
    : `loss ${formatNumber(look.row.loss)}, accuracy ${formatPercent(look.row.accuracy)}`

export function ConfidenceFacts() {
  pair.version.value
  const [first, second] = pair.progress.value?.twins ?? []
  const look = shownLook.value
  const [unchanged, lowered] = confidenceNames()
  const collapse = first?.firstCollapse
  const branched = second !== undefined && collapse !== undefined && (look?.epoch ?? 0) > collapse
  return (
    <dl class="facts">
      <Fact name="epoch">{formatCount(place.value)}</Fact>
      <Fact name={unchanged}>{lossAndAccuracy(look?.looks[0])}</Fact>
      <Fact name={lowered}>{branched ? lossAndAccuracy(look?.looks[1]) : 'from the collapse on'}</Fact>
      {collapse !== undefined && second !== undefined && (
        <Fact name={`accuracy in epochs ${judged.from + 1} to ${judged.to} after the collapse`}>
          {judgement(collapse)}
        </Fact>
      )}
    </dl>
  )
}

/** Figure 8b's rule, for both. */
function judgement(collapse: number): string {
  const words = confidenceNames().map((name, i) => {
    const accuracy = accuracyAfter(pair.traces[i]!, collapse)
    if (accuracy === undefined) return `${name}: –`
    const rescued = accuracy > silentAccuracy ? 'rescued' : 'not rescued'
    return `${name}: ${formatFixed(100 * accuracy, 1)}%, ${rescued}`
  })
  return words.join('; ')
}

export function RankFacts() {
  pair.version.value
  const looks = shownLook.value?.looks ?? []
  return (
    <dl class="facts">
      <Fact name="epoch">{formatCount(place.value)}</Fact>
      {rankNames().map((name, i) => (
        <Fact key={name} name={name}>
          {relativeLoss(looks[i], pair.traces[i]!.at(0)?.loss)}
        </Fact>
      ))}
    </dl>
  )
}

function relativeLoss(look: TwinLook | undefined, first: number | undefined): string {
  if (look?.row === undefined || first === undefined) return '–'
  const { loss } = look.row
  const share = `${formatNumber((100 * loss) / first)}% of the first loss`
  const limit = formatPercent(rankThreshold)
  return learnedWell(loss, first) ? `${share}: learned (below ${limit})` : `${share}: not below ${limit}`
}

export function ManyFacts() {
  const now = many.progress.value
  const counted = now === undefined ? undefined : tally(now.runs)
  if (now === undefined || counted === undefined) {
    return (
      <dl class="facts">
        <Fact name="epoch">–</Fact>
      </dl>
    )
  }
  const { counts, learned, total, share, low, high } = counted
  const lowered = now.runs.filter(({ loweredAt }) => loweredAt !== undefined).length
  return (
    <dl class="facts">
      <Fact name="epoch">{formatCount(place.value)}</Fact>
      <Fact name="have learned">
        {learned} of {total}
      </Fact>
      <Fact name="share, 95% interval (Wilson)">
        {formatPercent(share)} ({formatPercent(low)} to {formatPercent(high)})
      </Fact>
      <Fact name="lost">{counts.lost}</Fact>
      <Fact name="not yet">{counts['not yet']}</Fact>
      {lowered > 0 && (
        <Fact name="changed once they collapsed">
          {lowered}, of which {counts.again} learn again
        </Fact>
      )}
    </dl>
  )
}
