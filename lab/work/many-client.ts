import { batch, signal } from '@preact/signals'
import type { SettingsInput } from '../../src/settings/settings.js'
import { hearWorker } from './hear-worker.js'
import type { ManyReport, ManyRequest } from './many-protocol.js'
import type { Pace } from './round-robin.js'

export type ManyProgress = Omit<Extract<ManyReport, { kind: 'progress' }>, 'kind' | 'id'>

/** The page's end of many trainings that run in a worker. */
export class ManyClient {
  /** Undefined until the first report. */
  readonly progress = signal<ManyProgress | undefined>(undefined)
  readonly failure = signal<string | undefined>(undefined)
  private id = 0
  private worker: Worker | undefined

  start(
    job: {
      readonly settings: SettingsInput
      readonly seeds: readonly number[]
      readonly lowerTo: number | undefined
    },
    { goal, pace, reportInterval }: { goal: number; pace: Pace; reportInterval: number },
  ): void {
    this.forget()
    this.begin({ kind: 'start', id: this.id, ...job, goal, ...pace, reportInterval })
  }

  pace(pace: Pace): void {
    this.ask({ kind: 'pace', ...pace })
  }

  step(epochs: number): void {
    this.ask({ kind: 'step', epochs })
  }

  /** Ends the worker and all that it holds. */
  close(): void {
    this.worker?.terminate()
    this.worker = undefined
    this.forget()
  }

  private forget(): void {
    this.id++
    batch(() => {
      this.progress.value = undefined
      this.failure.value = undefined
    })
  }

  private hear(report: ManyReport): void {
    if (report.id !== this.id) return
    if (report.kind === 'failed') this.failure.value = report.message
    else {
      const { kind: _, id: __, ...progress } = report
      this.progress.value = progress
    }
  }

  /** Begins something: needs a worker. */
  private begin(request: ManyRequest): void {
    this.worker ??= this.open()
    this.ask(request)
  }

  private ask(request: ManyRequest): void {
    this.worker?.postMessage(request)
  }

  private open(): Worker {
    const worker = new Worker(new URL('./many-worker.ts', import.meta.url), { type: 'module' })
    return hearWorker<ManyReport>(
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
