/** Numbers as figures print them: thousands separated, a true minus sign, powers of ten as powers. */

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** `12345.6` → `12,346`. */
export function formatCount(value: number): string {
  return withMinus(Math.round(value).toLocaleString('en-US'))
}

/** At most `digits` significant digits, no trailing zeros; a power of ten beyond 10⁻⁴ and 10⁶. */
export function formatNumber(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return 'undefined'
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size < 1e-4 || size >= 1e6) return formatPower(value, digits)
  const rounded = Number(value.toPrecision(digits))
  return withMinus(rounded.toLocaleString('en-US', { maximumSignificantDigits: digits }))
}

/** With exactly `decimals` decimals. */
export function formatFixed(value: number, decimals: number): string {
  return Number.isFinite(value) ? withMinus(value.toFixed(decimals)) : 'undefined'
}

/** `1e-9` → `10⁻⁹`, `9.13e-10` → `9.13 × 10⁻¹⁰`. */
export function formatPower(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return 'undefined'
  if (value === 0) return '0'
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e')
  const factor = withMinus(String(Number(mantissa)))
  const power = `10${superscript(Number(exponent))}`
  return factor === '1' ? power : `${factor} × ${power}`
}

/** A share as a whole percentage. */
export function formatPercent(share: number): string {
  return Number.isFinite(share) ? `${Math.round(100 * share)}%` : 'undefined'
}

function superscript(exponent: number): string {
  const digits = String(Math.abs(exponent)).replace(/\d/g, digit => superscripts[Number(digit)]!)
  return exponent < 0 ? `⁻${digits}` : digits
}

function withMinus(text: string): string {
  return text.replace('-', '−')
}
