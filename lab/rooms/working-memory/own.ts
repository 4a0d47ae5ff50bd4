import { batch, computed, signal } from '@preact/signals'
import { componentNames, latentNames } from '../../../src/figures/flow-map.js'
import type { NetworkNames } from '../../../src/models/recognise-network.js'
import { shapeText } from '../../../src/models/stored-array.js'
import { announce } from '../../ui/announce.js'
import type { MemoryReport, MemoryRequest } from '../../work/memory-protocol.js'
import type { ListedArray, OwnAnalysis, OwnNetwork } from '../../work/own-network.js'

/** A network from a reader's own file: read in the page, searched in a worker, sent nowhere. */

/** Bytes of a file, at most. */
export const mostBytes = 64e6

/** How far the file has come. */
export type Stage =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'reading' }
  | {
      readonly kind: 'searching'
      readonly network: OwnNetwork
      readonly starts: number
      readonly done: number
      readonly seconds: number
    }
  | {
      readonly kind: 'analysed'
      readonly network: OwnNetwork
      readonly starts: number
      readonly analysis: OwnAnalysis
    }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'cancelled' }

export const stage = signal<Stage>({ kind: 'nothing' })
export const file = signal<File | undefined>(undefined)
/** The arrays that the file holds, once it was opened. */
export const arrays = signal<readonly ListedArray[]>([])
/** Which arrays are the network, where their names do not say it. */
export const names = signal<NetworkNames>({})
/** Which slow point is looked at, from 1; 0: none. */
export const ownPoint = signal(0)

let worker: Worker | undefined
/** Counts questions: what was read for one before is dropped. */
let question = 0

/** Reads a file and searches the network in it; whatever was under way is ended. */
export async function openFile(given: File): Promise<void> {
  batch(() => {
    file.value = given
    arrays.value = []
    names.value = {}
  })
  await search(undefined)
}

/** Searches the same file again. @param starts as many as take some seconds unless given */
export async function search(starts: number | undefined): Promise<void> {
  const given = file.peek()
  if (given === undefined) return
  stop()
  const id = question
  const problem = problemOf(given)
  if (problem !== undefined) return refuse(problem)
  stage.value = { kind: 'reading' }
  try {
    const bytes = new Uint8Array(await given.arrayBuffer())
    if (id === question) ask({ kind: 'analyse', file: given.name, bytes, names: names.peek(), starts })
  } catch {
    if (id === question) refuse(`${given.name}: it could not be read; was it moved or changed meanwhile?`)
  }
}

/** Ends a search under way. */
export function cancel(): void {
  stop()
  stage.value = { kind: 'cancelled' }
  announce('search cancelled')
}

/** Puts the file away. */
export function forgetFile(): void {
  stop()
  batch(() => {
    stage.value = { kind: 'nothing' }
    file.value = undefined
    arrays.value = []
    names.value = {}
  })
}

function stop(): void {
  question++
  worker?.terminate()
  worker = undefined
  ownPoint.value = 0
}

/** What is wrong with a file before it is read. */
export function problemOf({ name, size }: Pick<File, 'name' | 'size'>): string | undefined {
  const accepted = 'accepted: a .npz or .safetensors file'
  if (/\.(pt|pth|pkl|pickle)$/i.test(name)) {
    return `${name}: pickles are not read, because opening one runs the code in it; ${accepted}, which two lines of Python write (below)`
  }
  if (!/\.(npz|safetensors)$/i.test(name)) return `${name}: is no file of arrays by its name; ${accepted}`
  if (size === 0) return `${name}: is empty; ${accepted}`
  if (size > mostBytes) {
    return `${name}: has ${Math.round(size / 1e6)} MB, and this page reads at most ${mostBytes / 1e6} MB; ghostpoint analyse on the command line reads more`
  }
  return undefined
}

function refuse(message: string): void {
  stage.value = { kind: 'refused', message }
}

function ask(request: MemoryRequest & { readonly kind: 'analyse' }): void {
  const started = new Worker(new URL('../../work/memory-worker.ts', import.meta.url), { type: 'module' })
  worker = started
  const isPresent = () => worker === started
  started.addEventListener('message', ({ data }: MessageEvent<MemoryReport>) => {
    if (isPresent()) hear(data)
  })
  started.addEventListener('error', event => {
    if (!isPresent()) return
    event.preventDefault()
    refuse(`${request.file}: the search ended early, perhaps for want of memory`)
    stop()
  })
  started.postMessage(request, [request.bytes.buffer as ArrayBuffer])
}

function hear(report: MemoryReport): void {
  const before = stage.peek()
  switch (report.kind) {
    case 'opened':
      arrays.value = report.arrays
      break
    case 'recognised':
      stage.value = { kind: 'searching', network: report.network, starts: report.starts, done: 0, seconds: 0 }
      break
    case 'searched':
      if (before.kind === 'searching') stage.value = { ...before, done: report.done, seconds: report.seconds }
      break
    case 'analysed':
      if (before.kind !== 'searching') break
      stage.value = { ...before, kind: 'analysed', analysis: report.analysis }
      announce(`${report.analysis.points.length} slow points found`)
      stop()
      break
    case 'refused':
      refuse(readable(report.message))
      stop()
  }
}

/** Flags of the command line are fields here. */
function readable(message: string): string {
  return message
    .replace(', or named by --weights and --bias', ', or a square matrix to be chosen')
    .replace('--weights with one of these', 'one of these, to be chosen')
}

/** `W (100, 100) <f4`, for lists. */
export function arrayLine({ name, shape, type }: ListedArray): string {
  return `${name} ${shapeText(shape)} ${type}`
}

/** Names of the coordinates of the analysis' map. */
export const mapCoordinates = computed<readonly string[]>(() => {
  const { value } = stage
  if (value.kind !== 'analysed') return []
  const { network, analysis } = value
  if (analysis.shares !== undefined) return componentNames(analysis.shares)
  return network.coordinates === 'latent'
    ? latentNames(network.dimension)
    : ['x₁', 'x₂'].slice(0, network.dimension)
})

/** The line that searches the same file with the same starts; undefined unless it was searched. */
export function analyseCommand(): string | undefined {
  const present = stage.peek()
  const given = file.peek()
  if (present.kind !== 'analysed' || given === undefined) return undefined
  const { weights, bias, transpose } = names.peek()
  return [
    'ghostpoint analyse',
    quoted(given.name),
    ...(weights === undefined ? [] : ['--weights', quoted(weights)]),
    ...(bias === undefined ? [] : ['--bias', quoted(bias)]),
    ...(transpose === true ? ['--transpose'] : []),
    `--starts ${present.starts}`,
  ].join(' ')
}

function quoted(text: string): string {
  const safe = /^[\w.,:/+-]+$/.test(text) && !text.startsWith('-')
  // A name that begins with a dash would be a flag.
  const path = text.startsWith('-') ? `./${text}` : text
  return safe ? path : `'${path.replaceAll("'", `'\\''`)}'`
}
