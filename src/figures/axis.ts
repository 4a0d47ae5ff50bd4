/** One axis of a panel. */
export interface Axis {
  /** Both ends finite, ascending; positive if logarithmic. */
  readonly domain: readonly [number, number]
  readonly scale?: 'linear' | 'log'
  /** Quantity with its unit. */
  readonly label?: string
  /** Tick values, or about how many. */
  readonly ticks?: readonly number[] | number
  readonly format?: (value: number) => string
  /** Whether ticks have numbers; true unless given. */
  readonly numbered?: boolean
}
