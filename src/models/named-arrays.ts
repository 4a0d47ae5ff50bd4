import { InputError } from '../settings/input-error.js'
import { arrayText, type StoredArray, shapeText } from './stored-array.js'

/** Arrays that a message lists before it only counts. */
const mostListed = 12

/** The arrays of one file by name, and the errors that speak of them. */
export class NamedArrays {
  readonly #byName: ReadonlyMap<string, StoredArray>

  /** @param file its name, for messages */
  constructor(
    readonly file: string,
    readonly all: readonly StoredArray[],
  ) {
    this.#byName = new Map(all.map(array => [array.name, array]))
  }

  has(...names: readonly string[]): boolean {
    return names.every(name => this.#byName.has(name))
  }

  /** An array's shape. @throws InputError if there is none of that name */
  shapeOf(name: string): readonly number[] {
    return this.#get(name).shape
  }

  /** @throws InputError if there is none of that name, or it is not one of these shapes, or holds what is not finite */
  read(name: string, ...shapes: readonly (readonly number[])[]): Float64Array {
    const array = this.#get(name)
    if (!shapes.some(shape => isShape(array.shape, shape))) {
      throw this.wrongShape(name, shapes.map(shapeText).join(' or '))
    }
    return this.values(name)
  }

  /** @throws InputError as `read` does, whatever the shape */
  values(name: string): Float64Array {
    const array = this.#get(name)
    const values = this.#numbersOf(array)
    const at = values.findIndex(value => !Number.isFinite(value))
    if (at < 0) return values
    const place = indexText(at, array.shape)
    throw new InputError(`${this.file}: ${name}${place}`, `is ${values[at]}`, 'finite numbers')
  }

  /** @param accepted shapes that would do */
  wrongShape(name: string, accepted: string): InputError {
    const shape = shapeText(this.shapeOf(name))
    return new InputError(`${this.file}: ${name}`, `is of shape ${shape}`, accepted)
  }

  /** A file in which something is missing, what it holds, and what would do. */
  missing(problem: string, accepted: string): InputError {
    return new InputError(this.file, `${problem}; it holds ${this.list()}`, accepted)
  }

  /** `W (100, 100) <f4, b (100,) <f4`. */
  list(): string {
    if (this.all.length === 0) return 'no array'
    const more = this.all.length - mostListed
    const listed = this.all.slice(0, mostListed).map(arrayText).join(', ')
    return more > 0 ? `${listed} and ${more} more` : listed
  }

  #get(name: string): StoredArray {
    const array = this.#byName.get(name)
    if (array === undefined) throw this.missing(`no array "${name}"`, 'a name of one of these arrays')
    return array
  }

  #numbersOf(array: StoredArray): Float64Array {
    try {
      return array.read()
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw new InputError(`${this.file}: ${array.name}`, error.message, 'an array of real numbers')
    }
  }
}

function isShape(shape: readonly number[], wanted: readonly number[]): boolean {
  return shape.length === wanted.length && shape.every((length, axis) => length === wanted[axis])
}

/** The place of an entry of a row-major array: `[3, 0]`. */
function indexText(at: number, shape: readonly number[]): string {
  const index: number[] = []
  let rest = at
  for (const length of [...shape].reverse()) {
    index.unshift(rest % length)
    rest = Math.floor(rest / length)
  }
  return `[${index.join(', ')}]`
}
