/** Where a text stops being JSON, and what JSON would have there. */
export interface JsonFault {
  /** Index of the first token that does not belong; the text's length if it ends too early. */
  readonly offset: number
  readonly expected: Expected
}

type Expected =
  | 'a value'
  | 'a value or ]'
  | 'a key in double quotes'
  | 'a key in double quotes or }'
  | ':'
  | ', or }'
  | ', or ]'
  | 'the end'

type Container = '{' | '['

const space = /[ \t\n\r]*/y
const token =
  /[{}[\]:,]|(?<string>"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(?<literal>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y

/**
 * Finds where a text stops being JSON (RFC 8259); undefined if it is JSON. Engines word their own errors
 * differently, and most do not say the place.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: Container[] = []
  let expected: Expected = 'a value'
  let offset = 0
  for (;;) {
    offset += matchAt(space, text, offset)![0].length
    if (offset === text.length && expected === 'the end') return undefined
    const match = matchAt(token, text, offset)
    const next: Expected | undefined = match === null ? undefined : follow(expected, kindOf(match), open)
    if (match === null || next === undefined) return { offset, expected }
    expected = next
    offset += match[0].length
  }
}

function matchAt(pattern: RegExp, text: string, offset: number): RegExpExecArray | null {
  pattern.lastIndex = offset
  return pattern.exec(text)
}

/** `string`, `literal`, or the character itself. */
function kindOf({ 0: found, groups }: RegExpExecArray): string {
  if (groups?.string !== undefined) return 'string'
  return groups?.literal === undefined ? found : 'literal'
}

/** What is expected after a token; undefined if the token is not what was expected. Keeps track of `open`. */
function follow(expected: Expected, kind: string, open: Container[]): Expected | undefined {
  if ((kind === '}' || kind === ']') && expected.endsWith(kind)) {
    open.pop()
    return afterValue(open)
  }
  if (expected === ':') return kind === ':' ? 'a value' : undefined
  if (expected === ', or }') return kind === ',' ? 'a key in double quotes' : undefined
  if (expected === ', or ]') return kind === ',' ? 'a value' : undefined
  if (expected.startsWith('a key')) return kind === 'string' ? ':' : undefined
  if (expected === 'the end') return undefined
  if (kind === 'string' || kind === 'literal') return afterValue(open)
  if (kind !== '{' && kind !== '[') return undefined
  open.push(kind)
  return kind === '{' ? 'a key in double quotes or }' : 'a value or ]'
}

function afterValue(open: readonly Container[]): Expected {
  const container = open.at(-1)
  return container === undefined ? 'the end' : container === '{' ? ', or }' : ', or ]'
}
