import { formatNumber } from '../../../src/figures/numbers.js'
import { chosenRank, rankName } from './jobs.js'
import { values } from './state.js'

/** What the two networks of a pair are called; never the same. */

export function confidenceNames(): [string, string] {
  return differing('c = 10', `c = ${formatNumber(values.c.value)}`)
}

export function rankNames(): [string, string] {
  return differing('rank 1', rankName(chosenRank()))
}

function differing(first: string, second: string): [string, string] {
  return [first, second === first ? `${second} again` : second]
}
