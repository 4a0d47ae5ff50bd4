import { readFileSync } from 'node:fs'

/** One learning rate's run of the independent double-precision program. */
export interface ToyRun {
  readonly rows_epoch_r_loss: readonly (readonly [number, number, number])[]
  readonly first_epoch_r_below_rstar: number
  readonly first_epoch_in_zone: number | null
  readonly tail_2000_3000_min_max_over_rstar: readonly [number, number]
  readonly tail_mean_loss_2000_3000: number
  readonly gradient_flow_arrival_epoch: number
}

/** What the tests read of test/fixtures/toy.json: the toy at T = T_R = 100, by a program not of this project. */
export interface ToyFixture {
  readonly rstar: number
  readonly zone_edge: number
  readonly alpha_c: { readonly rows: readonly (readonly number[])[]; readonly value_T100: number }
  readonly gradient_vs_autograd_r_over_rstar_auto_formula: readonly (readonly [number, number, number])[]
  readonly sgd: { readonly '1e-10': ToyRun; readonly '1e-09': ToyRun }
  readonly fraction_of_2000_random_starts_in_1_10_rstar_entering_zone_within_3000_epochs: readonly (readonly [
    number,
    number,
  ])[]
  readonly euler: Readonly<Record<'a=0.1' | 'a=1', readonly (readonly (number | null)[])[]>>
  readonly analytic_loss_same_r: readonly (readonly [number, number])[]
}

export const toyFixture: ToyFixture = JSON.parse(
  readFileSync(new URL('../fixtures/toy.json', import.meta.url), 'utf8'),
)
