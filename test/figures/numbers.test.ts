import { expect, it } from 'vitest'
import {
  formatCount,
  formatFixed,
  formatNumber,
  formatPercent,
  formatPower,
} from '../../src/figures/numbers.js'

it('counts have their thousands separated', () => {
  expect([0, 999, 33_637, 500_000].map(formatCount)).toEqual(['0', '999', '33,637', '500,000'])
})

it('numbers have a true minus sign and no trailing zeros', () => {
  const shown = [0, -0.5, 1, 2 / 3, 1234.5, 1e-9].map(value => formatNumber(value))
  expect(shown).toEqual(['0', '−0.5', '1', '0.667', '1,230', '10⁻⁹'])
  expect(formatFixed(-4, 3)).toBe('−4.000')
})

it('powers of ten stand alone, other numbers have a factor', () => {
  const shown = [1e-10, 9.1321e-10, 1e6, -2e-5, 9.9999e-6].map(value => formatPower(value))
  expect(shown).toEqual(['10⁻¹⁰', '9.13 × 10⁻¹⁰', '10⁶', '−2 × 10⁻⁵', '10⁻⁵'])
})

it('what is not a number is said to be undefined', () => {
  const shown = [formatNumber(Number.NaN), formatPower(Infinity), formatFixed(Number.NaN, 2)]
  expect([...shown, formatPercent(Number.NaN)]).toEqual(Array(4).fill('undefined'))
  expect(formatPercent(0.654)).toBe('65%')
})
