/**
 * Checks of numeric arguments at the door of a public function. Each returns the value it was given, or
 * throws a `RangeError` that names the function, the parameter and the value: `zoneEdge: delay must be
 * positive and finite, got -3`.
 */

/**
 * The error all checks throw; use it directly for a rule that has no check of its own.
 *
 * @param caller name of the function whose argument is wrong
 * @param parameter name of the argument
 * @param rule what the argument must be, as it reads after "must be"
 * @param value what it is
 */
export function argumentError(caller: string, parameter: string, rule: string, value: unknown): RangeError {
  return new RangeError(`${caller}: ${parameter} must be ${rule}, got ${String(value)}`)
}

/** Returns `value` if it is a finite number, else throws {@link argumentError}. */
export function requireFinite(caller: string, parameter: string, value: number): number {
  if (Number.isFinite(value)) return value
  throw argumentError(caller, parameter, 'finite', value)
}

/** Returns `value` if it is finite and above 0, else throws {@link argumentError}. */
export function requirePositive(caller: string, parameter: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value
  throw argumentError(caller, parameter, 'positive and finite', value)
}

/** Returns `value` if it is finite and at least 0, else throws {@link argumentError}. */
export function requireNonNegative(caller: string, parameter: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value
  throw argumentError(caller, parameter, 'non-negative and finite', value)
}
