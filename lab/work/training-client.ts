import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { SettingsInput } from '../../src/settings/settings.js'
import { type History, type HistoryRow, historyColumns } from '../../src/training/history.js'
import type { LabChange } from '../state/fields.js'
import type { TrainingReport, TrainingRequest } from './protocol.js'
import type { Look, SessionProgress } from './training-session.js'

/** The page's end of a training that runs in a worker: what is known of it, as signals. */
export class TrainingClient {
  /** Undefined until the first report. */
  readonly progress = signal<SessionProgress | undefined>(undefined)
  readonly parameters = signal<Float64Array | undefined>(undefined)
  readonly ended = signal(false)
  readonly failure = signal<string | undefined>(undefined)
  /** The network at the epoch last asked for with {@link look}. */
  readonly looked = signal<Look | undefined>(undefined)
  /** Counts up whenever rows were added or dropped: read it where the history is drawn. */
  readonly version: ReadonlySignal<number>
  private readonly versionSignal = signal(0)
  private rows: HistoryRow[] = []
  private id = 0
  private readonly worker: Worker
  private looking = false
  private nextLook: number | undefined

  constructor() {
    this.version = this.versionSignal
    this.worker = new Worker(new URL('./training-worker.ts', import.meta.url), { type: 'module' })
    this.worker.addEventListener('message', ({ data }: MessageEvent<TrainingReport>) => this.hear(data))
    this.worker.addEventListener('error', () => {
      this.failure.value = 'the worker that trains could not be started'
    })
  }

  /** Starts a training anew; what was known of the one before is dropped. */
  start(
    settings: SettingsInput,
    {
      catchUp = 0,
      playing,
      speed,
    }: { readonly catchUp?: number; readonly playing: boolean; readonly speed: number },
  ): void {
    this.id++
    this.rows = []
    this.looking = false
    this.nextLook = undefined
    batch(() => {
      this.progress.value = undefined
      this.parameters.value = undefined
      this.looked.value = undefined
      this.ended.value = false
      this.failure.value = undefined
      this.versionSignal.value++
    })
    this.post({ kind: 'start', id: this.id, settings, catchUp, playing, speed })
  }

  pace(playing: boolean, speed: number): void {
    this.post({ kind: 'pace', playing, speed })
  }

  step(epochs: number): void {
    this.post({ kind: 'step', epochs })
  }

  /** Changes rate or confidence from the epoch on that the worker has come to. */
  change(change: Omit<LabChange, 'epoch'>): void {
    this.post({ kind: 'change', change })
  }

  /** Asks for the network at an epoch already trained: it comes as {@link looked}. Of many asked for, the last one counts. */
  look(epoch: number): void {
    if (this.looking) {
      this.nextLook = epoch
      return
    }
    this.looking = true
    this.post({ kind: 'look', epoch })
  }

  /** The recorded epochs so far, the last measured one included. */
  get history(): History {
    const last = this.progress.peek()?.last
    const recorded = this.rows.at(-1)?.epoch ?? -1
    const rows = last !== undefined && last.epoch > recorded ? [...this.rows, last] : this.rows
    const columns = historyColumns.map(name => [name, Float64Array.from(rows, row => row[name])])
    return Object.fromEntries(columns) as Record<(typeof historyColumns)[number], Float64Array>
  }

  private hear(report: TrainingReport): void {
    if (report.id !== this.id) return
    batch(() => {
      if (report.kind === 'failed') this.failure.value = report.message
      else if (report.kind === 'look') this.seen(report.look)
      else {
        for (const row of report.rows) this.rows.push(row)
        this.progress.value = report.progress
        this.parameters.value = report.parameters
        this.ended.value = report.ended
        this.versionSignal.value++
      }
    })
  }

  private seen(look: Look): void {
    this.looked.value = look
    this.looking = false
    const next = this.nextLook
    this.nextLook = undefined
    if (next !== undefined) this.look(next)
  }

  private post(request: TrainingRequest): void {
    this.worker.postMessage(request)
  }
}
