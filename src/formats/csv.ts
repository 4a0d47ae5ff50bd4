/**
 * Columns of equal length as CSV text (RFC 4180, line feeds): a header line, then a line a row. Numbers are
 * written with as many digits as bring back the same float64.
 * @throws RangeError if the columns differ in length
 */
export function csvText(columns: Readonly<Record<string, ArrayLike<number>>>): string {
  const names = Object.keys(columns)
  const rows = Object.values(columns)
  const length = rows[0]?.length ?? 0
  if (rows.some(column => column.length !== length)) {
    throw new RangeError(`csvText: columns differ in length: ${rows.map(column => column.length).join(', ')}`)
  }
  const lines = Array.from({ length }, (_, i) => rows.map(column => show(column[i]!)).join(','))
  return `${[names.join(','), ...lines].join('\n')}\n`
}

/** One line of CSV, without its end; what holds commas, quotes or line ends is quoted, null is empty. */
export function csvLine(cells: readonly (string | number | boolean | null)[]): string {
  return cells.map(cell => (typeof cell === 'number' ? show(cell) : quoted(String(cell ?? '')))).join(',')
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The shortest text that reads back as the same number; `String` drops the sign of −0. */
function show(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}
