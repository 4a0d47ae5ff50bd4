import type {
  JudgedClaim,
  OtherFigure,
  ReproducedFigure,
  Reproduction,
} from '../../src/report/reproduction.js'

/** Text that breaks HTML which does not escape it. */
export const hostile = `</td><script>alert("1")</script> & 'two' <b`

export function claim(part: Partial<JudgedClaim>): JudgedClaim {
  return {
    id: '1a',
    statement: 'a statement',
    expected: 'an expectation',
    rule: 'a rule',
    measured: 'a measurement',
    verdict: 'supported',
    figure: '1',
    seconds: 1.25,
    ...part,
  }
}

export function figure(part: Partial<ReproducedFigure>): ReproducedFigure {
  return {
    figure: '1',
    title: 'a title',
    status: 'done',
    error: undefined,
    seconds: 1.25,
    parts: 2,
    kept: 0,
    settings: [],
    claims: [],
    ...part,
  }
}

export function reproductionOf(
  figures: readonly ReproducedFigure[],
  others: readonly OtherFigure[] = [],
): Reproduction {
  const provenance = {
    profile: 'quick',
    version: '1.2.3',
    date: '2025-01-02T03:04:05Z',
    machine: 'a machine',
  } as const
  return { provenance, seconds: 12.34, figures, others }
}
