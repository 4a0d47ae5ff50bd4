import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import type { SettingsInput } from '../../src/settings/settings.js'
import { type History, type HistoryRow, historyColumns } from '../../src/training/history.js'
import type { LabChange } from '../state/fields.js'
import type { Bins } from './envelope.js'
import { hearWorker } from './hear-worker.js'
import type { KeptReport, TrainingReport, TrainingRequest, Wants } from './protocol.js'
import type { Look, SessionProgress } from './training-session.js'

export interface TrainingClientOptions extends Wants {
  /** Called with the evenly spaced networks as they are kept, if they are wanted; their buffers may be taken. */
  readonly onKept?: (report: KeptReport) => void
}

/**
 * The page's end of a training that runs in a worker: what is known of it, as signals. The worker is started with the
 * first training.
 */
export class TrainingClient {
  /** Undefined until the first report. */
  readonly progress = signal<SessionProgress | undefined>(undefined)
  /** The network at the last epoch measured, before its update: `progress.epoch − 1` epochs are behind it. */
  readonly present = signal<Look | undefined>(undefined)
  /** Its parameters. */
  readonly parameters: ReadonlySignal<Float64Array | undefined>
  readonly ended = signal(false)
  readonly failure = signal<string | undefined>(undefined)
  /** The network at the epoch last asked for with {@link look}. */
  readonly looked = signal<Look | undefined>(undefined)
  /** Lowest and highest values of all epochs, if they are wanted. */
  readonly bins = signal<Bins | undefined>(undefined)
  /** Counts up whenever rows were added or dropped: read it where the history is drawn. */
  readonly version: ReadonlySignal<number>
  private readonly versionSignal = signal(0)
  private rows: HistoryRow[] = []
  private id = 0
  private worker: Worker | undefined
  private looking = false
  private nextLook: { readonly epoch: number; readonly margin: number } | undefined

  constructor(private readonly options: TrainingClientOptions = {}) {
    this.version = this.versionSignal
    this.parameters = computed(() => this.present.value?.parameters)
  }

  /**
   * Starts a training anew; what was known of the one before is dropped.
   * @param catchUp epochs to train as fast as it goes, whether or not it plays
   */
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
      this.present.value = undefined
      this.looked.value = undefined
      this.bins.value = undefined
      this.ended.value = false
      this.failure.value = undefined
      this.versionSignal.value++
    })
    const wants = { bins: this.options.bins === true, kept: this.options.kept === true }
    this.worker ??= this.open()
    this.ask({ kind: 'start', id: this.id, settings, catchUp, playing, speed, wants })
  }

  pace(playing: boolean, speed: number): void {
    this.ask({ kind: 'pace', playing, speed })
  }

  step(epochs: number): void {
    this.ask({ kind: 'step', epochs })
  }

  /** Trains until so many epochs are done, as fast as it goes. */
  reach(epochs: number): void {
    this.ask({ kind: 'reach', epochs })
  }

  /**
   * Changes rate or confidence from the epoch on that the worker has come to; `progress.changes` will say which. Before
   * the first epoch it is the start that changes.
   */
  change(change: Omit<LabChange, 'epoch'>): void {
    this.ask({ kind: 'change', change })
  }

  /** Moves the end of the training, but not before what is done. */
  endAt(epochs: number): void {
    this.ask({ kind: 'end', epochs })
  }

  /**
   * Asks for the network at an epoch that is trained, or being caught up to: it comes as {@link looked}. Of many asked
   * for, the last one counts.
   * @param margin epochs on either side whose history is to come with it
   */
  look(epoch: number, margin = 0): void {
    if (this.worker === undefined) return
    if (this.looking) {
      this.nextLook = { epoch, margin }
      return
    }
    this.looking = true
    this.ask({ kind: 'look', epoch, margin })
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
        this.present.value = report.present
        this.bins.value = report.bins
        this.ended.value = report.ended
        this.versionSignal.value++
        if (report.kept !== undefined) this.options.onKept?.(report.kept)
      }
    })
  }

  private seen(look: Look): void {
    this.looked.value = look
    this.looking = false
    const next = this.nextLook
    this.nextLook = undefined
    if (next !== undefined) this.look(next.epoch, next.margin)
  }

  private ask(request: TrainingRequest): void {
    this.worker?.postMessage(request)
  }

  private open(): Worker {
    const worker = new Worker(new URL('./training-worker.ts', import.meta.url), { type: 'module' })
    return hearWorker<TrainingReport>(
      worker,
      'the worker that trains',
      report => this.hear(report),
      why => {
        // The next start is another worker's.
        worker.terminate()
        this.worker = undefined
        this.failure.value = why
      },
    )
  }
}
