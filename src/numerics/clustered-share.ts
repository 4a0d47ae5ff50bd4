import { bootstrapInterval } from './bootstrap.js'
import { type ShareInterval, wilsonInterval } from './statistics.js'

/**
 * A share of all members of some clusters with its 95% interval. Members of a cluster, such as trainings of one seed,
 * depend on one another. The interval is the wider of two: the bootstrap's over the clusters, which has no width where
 * all clusters agree; and Wilson's over the members, which never has none.
 *
 * @throws RangeError if there is no member
 */
export function clusteredShare(clusters: readonly (readonly boolean[])[]): ShareInterval {
  const all = clusters.flat()
  const wilson = wilsonInterval(all.filter(Boolean).length, all.length)
  const counts = clusters.map(members => ({ count: members.filter(Boolean).length, size: members.length }))
  const overClusters = bootstrapInterval(counts, drawn => {
    let [count, size] = [0, 0]
    for (const cluster of drawn) {
      count += cluster.count
      size += cluster.size
    }
    return count / size
  })
  return {
    share: wilson.share,
    low: Math.min(wilson.low, overClusters.low),
    high: Math.max(wilson.high, overClusters.high),
  }
}
