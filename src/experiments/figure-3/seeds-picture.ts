import type { SeedShare, SeedsPicture } from '../../figures/figure-3/data.js'
import { fastShares, hasLearned, slowShares } from './seed-claims.js'
import type { SeedGroup } from './seeds.js'
import { fastSettings, slowSettings } from './settings.js'

/** What figure 3 shows of other seeds. */
export function seedsPicture({ slow, fast }: SeedGroup): SeedsPicture {
  const learned = slow.filter(hasLearned)
  const { unchanged, ghostBeforeFirst, ghostBeforeSecond } = slowShares(learned)
  const { lost, saddleNode, trapped } = fastShares(fast)
  const row = (
    rate: SeedShare['rate'],
    label: string,
    { count, total }: { readonly count: number; readonly total: number },
    colour: SeedShare['colour'],
  ): SeedShare => ({ rate, label, count, total, colour })
  return {
    rates: { slow: slowSettings.optimizer.rate, fast: fastSettings.optimizer.rate },
    trained: slow.length,
    learned,
    shares: [
      row('slow', 'learned without a bifurcation', unchanged, 'measurement'),
      row('slow', 'ghost before the first fall', ghostBeforeFirst, 'ghost'),
      row('slow', 'ghost before the second fall', ghostBeforeSecond, 'ghost'),
      row('fast', 'learning lost', lost, 'lost'),
      row('fast', 'of these: 1 → 3 fixed points just before', saddleNode, 'lost'),
      row('fast', 'of these: gradient vanished', trapped, 'lost'),
    ],
  }
}
