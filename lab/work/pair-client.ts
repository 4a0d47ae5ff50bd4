import { batch, signal } from '@preact/signals'
import type { SettingsInput } from '../../src/settings/settings.js'
import { hearWorker } from './hear-worker.js'
import type { PairJob, PairReport, PairRequest, TwinLook, TwinReport } from './pair-protocol.js'
import type { Pace } from './round-robin.js'
import { Trace } from './trace.js'

/** What is known of a pair of trainings at the moment. */
export interface PairProgress {
  /** Epochs done by both. */
  readonly epoch: number
  readonly ended: boolean
  readonly settled: boolean
  readonly twins: readonly Omit<TwinReport, 'stretch'>[]
}

/** The networks at an epoch. */
export interface PairLook {
  readonly epoch: number
  readonly looks: readonly TwinLook[]
}

/** The page's end of two trainings that run in a worker. */
export class PairClient {
  /** Undefined until the first report. */
  readonly progress = signal<PairProgress | undefined>(undefined)
  /** At the end of what is trained. */
  readonly present = signal<PairLook | undefined>(undefined)
  /** At the epoch last asked for. */
  readonly looked = signal<PairLook | undefined>(undefined)
  readonly failure = signal<string | undefined>(undefined)
  /** The seed that a search is at; undefined unless one is under way. */
  readonly searching = signal<number | undefined>(undefined)
  /** Counts up whenever the traces have changed: read it where they are drawn. */
  readonly version = signal(0)
  /** Losses and gradients so far; that of the second twin begins where it does. */
  readonly traces: readonly [Trace, Trace] = [new Trace(), new Trace()]
  private generations: number[] = []
  private id = 0
  private worker: Worker | undefined
  private looking = false
  private nextLook: number | undefined
  private found: ((seed: number | undefined) => void) | undefined

  start(
    job: PairJob,
    { goal, pace, reportInterval }: { goal: number; pace: Pace; reportInterval: number },
  ): void {
    this.forget()
    this.begin({ kind: 'start', id: this.id, job, goal, ...pace, reportInterval })
  }

  pace(pace: Pace): void {
    this.ask({ kind: 'pace', ...pace })
  }

  step(epochs: number): void {
    this.ask({ kind: 'step', epochs })
  }

  lowerTo(confidence: number): void {
    this.ask({ kind: 'confidence', confidence })
  }

  /** Asks for the networks at an epoch already trained; of many asked for, the last one counts. */
  look(epoch: number): void {
    if (this.worker === undefined) return
    if (this.looking) {
      this.nextLook = epoch
      return
    }
    this.looking = true
    this.ask({ kind: 'look', epoch })
  }

  /** Looks for the next seed whose training collapses, in place of training. */
  search(
    settings: SettingsInput,
    { seed, tries }: { seed: number; tries: number },
    found: (seed: number | undefined) => void,
  ): void {
    this.forget()
    this.searching.value = seed
    this.found = found
    this.begin({ kind: 'search', id: this.id, settings, seed, tries })
  }

  /** Ends the worker and all that it holds. */
  close(): void {
    this.worker?.terminate()
    this.worker = undefined
    this.forget()
  }

  private forget(): void {
    this.id++
    this.looking = false
    this.nextLook = undefined
    this.found = undefined
    this.generations = []
    for (const trace of this.traces) trace.clear()
    batch(() => {
      this.progress.value = undefined
      this.present.value = undefined
      this.looked.value = undefined
      this.failure.value = undefined
      this.searching.value = undefined
      this.version.value++
    })
  }

  private hear(report: PairReport): void {
    if (report.id !== this.id) return
    batch(() => {
      switch (report.kind) {
        case 'progress':
          this.take(report)
          break
        case 'look':
          this.seen(report)
          break
        case 'searching':
          this.searching.value = report.seed
          break
        case 'found':
          this.searching.value = undefined
          this.found?.(report.seed)
          break
        case 'failed':
          this.searching.value = undefined
          this.failure.value = report.message
      }
    })
  }

  private take({
    twins,
    epoch,
    ended,
    settled,
    lookEpoch,
    looks,
  }: Extract<PairReport, { kind: 'progress' }>): void {
    for (const [i, { generation, stretch }] of twins.entries()) {
      if (this.generations[i] !== generation) this.traces[i]!.clear()
      this.generations[i] = generation
      this.traces[i]!.push(stretch)
    }
    this.progress.value = { epoch, ended, settled, twins: twins.map(({ stretch, ...rest }) => rest) }
    this.present.value = { epoch: lookEpoch, looks }
    this.version.value++
  }

  private seen({ epoch, looks }: Extract<PairReport, { kind: 'look' }>): void {
    this.looked.value = { epoch, looks }
    this.looking = false
    const next = this.nextLook
    this.nextLook = undefined
    if (next !== undefined) this.look(next)
  }

  /** Begins something: needs a worker. */
  private begin(request: PairRequest): void {
    this.worker ??= this.open()
    this.ask(request)
  }

  private ask(request: PairRequest): void {
    this.worker?.postMessage(request)
  }

  private open(): Worker {
    const worker = new Worker(new URL('./pair-worker.ts', import.meta.url), { type: 'module' })
    return hearWorker<PairReport>(
      worker,
      'the worker that trains',
      report => this.hear(report),
      why => {
        // The next start is another worker's.
        worker.terminate()
        this.worker = undefined
        this.searching.value = undefined
        this.failure.value = why
      },
    )
  }
}
