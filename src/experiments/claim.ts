/** What a verdict says. */
export const verdictMeanings = {
  supported: 'every part of the rule holds',
  partly: "the rule's main part holds, another does not",
  'not supported': "the rule's main part fails",
  'not run': 'nothing was measured: interrupted, or failed',
} as const

export type Verdict = keyof typeof verdictMeanings

/** What the numbers of claims stand for. */
export const claimNumbers =
  'Claims are numbered by what they are about, not by panels of the paper: 1 abrupt learning, 2 the loss landscape, 3 the critical learning rate, 4 rank-one networks, 5 confidence, 6 rank, 7 and 8 ghosts in working memory; S1 is an addition of ours.'

/** One statement of the paper and the rule that decides it, which no result changes: those that were changed after a first run stand in CHANGELOG.md. */
export interface ClaimRule {
  /** Number and letter, see {@link claimNumbers}: `3a`. */
  readonly id: string
  /** The statement, in one sentence. */
  readonly statement: string
  /** What theory or the paper expects. */
  readonly expected: string
  /** What makes it `supported`, `partly` or `not supported`. */
  readonly rule: string
}

/** What was measured of a claim, with its uncertainty, and the verdict of the claim's rule. */
export interface Finding {
  readonly measured: string
  readonly verdict: Verdict
}

/** The finding of a claim that nothing was measured for. */
export const notRun: Finding = { measured: '–', verdict: 'not run' }

/** The verdict of a rule: its main part, then the parts that must hold as well. */
export function judge(main: boolean, ...others: readonly boolean[]): Verdict {
  if (!main) return 'not supported'
  return others.every(Boolean) ? 'supported' : 'partly'
}
