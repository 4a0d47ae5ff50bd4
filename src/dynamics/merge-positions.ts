import { distance, euclideanNorm } from '../numerics/linear-algebra.js'

interface Found {
  readonly position: Float64Array
  readonly speed: number
}

/**
 * Groups what was found at the same place: two belong together if they are closer than `within` times their size,
 * 1 + ‖x‖, or linked by others that are. So the groups do not depend on the order. The slowest of a group comes first.
 */
export function mergePositions<Item extends Found>(found: readonly Item[], within: number): Item[][] {
  // Neighbours in the first coordinate are candidates; the rest cannot be close.
  const order = [...found].sort((a, b) => a.position[0]! - b.position[0]!)
  const groupOf = order.map((_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (groupOf[at] !== at) at = groupOf[at]!
    groupOf[i] = at
    return at
  }
  for (let i = 0; i < order.length; i++) {
    const reach = within * (1 + euclideanNorm(order[i]!.position))
    for (let j = i - 1; j >= 0 && order[i]!.position[0]! - order[j]!.position[0]! <= reach; j--) {
      // Most searches end at few points: who is together already need not be measured.
      if (root(i) === root(j)) continue
      if (distance(order[i]!.position, order[j]!.position) <= reach) groupOf[root(i)] = root(j)
    }
  }
  const groups = new Map<number, Item[]>()
  for (const [i, item] of order.entries()) {
    const group = groups.get(root(i))
    if (group === undefined) groups.set(root(i), [item])
    else group.push(item)
  }
  return [...groups.values()].map(group => group.sort(bySpeedAndPosition))
}

function bySpeedAndPosition(a: Found, b: Found): number {
  const apart = a.position.findIndex((value, i) => value !== b.position[i])
  return a.speed - b.speed || (apart < 0 ? 0 : a.position[apart]! - b.position[apart]!)
}
