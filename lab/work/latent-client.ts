import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { RankOneModel } from '../../src/models/rank-one.js'
import { hearWorker } from './hear-worker.js'
import type { FlowSight, LatentReport, LatentRequest } from './latent-protocol.js'
import type { LatentView, Looked } from './latent-view.js'
import type { KeptReport } from './protocol.js'

/** The page's end of the worker that takes latent flows apart; it is started with the first of them. */
export class LatentClient {
  /** The network last asked for with {@link look}. */
  readonly view = signal<LatentView | undefined>(undefined)
  readonly failure = signal<string | undefined>(undefined)
  /** Counts up whenever the life of the flow has changed. */
  readonly version: ReadonlySignal<number>
  private readonly versionSignal = signal(0)
  private sights: FlowSight[] = []
  private id = 0
  private worker: Worker | undefined
  private looking = false
  private next: Looked | undefined

  constructor(private readonly model: RankOneModel) {
    this.version = this.versionSignal
  }

  /** Forgets the training so far: another one begins. What was seen last stays until there is something else to see. */
  startAnew(): void {
    this.id++
    this.sights = []
    this.looking = false
    this.next = undefined
    batch(() => {
      this.failure.value = undefined
      this.versionSignal.value++
    })
  }

  /** Asks for everything that is to be seen of a network: it comes as {@link view}. Of many asked for, the last counts. */
  look(looked: Looked): void {
    if (this.looking) {
      this.next = looked
      return
    }
    this.looking = true
    this.post({ kind: 'view', id: this.id, model: this.model, looked })
  }

  /** Goes on with the life of the flow. */
  follow(report: KeptReport): void {
    if (report.kept.length > 0) this.post({ kind: 'life', id: this.id, model: this.model, report })
  }

  /** How many fixed points, and the ghost's dwell time, at evenly spaced epochs so far, ascending. */
  get life(): readonly FlowSight[] {
    return this.sights
  }

  private hear(report: LatentReport): void {
    if (report.id !== this.id) return
    if (report.kind === 'life') {
      const { spacing, sights } = report
      this.sights = [...this.sights, ...sights].filter(({ epoch }) => epoch % spacing === 0)
      this.versionSignal.value++
      return
    }
    this.looking = false
    if (report.kind === 'failed') this.failure.value = report.message
    else {
      batch(() => {
        this.failure.value = undefined
        this.view.value = report.view
      })
    }
    const { next } = this
    this.next = undefined
    if (next !== undefined) this.look(next)
  }

  private post(request: LatentRequest): void {
    this.worker ??= this.startWorker()
    this.worker.postMessage(request)
  }

  private startWorker(): Worker {
    const worker = new Worker(new URL('./latent-worker.ts', import.meta.url), { type: 'module' })
    return hearWorker<LatentReport>(
      worker,
      'the worker that looks for ghosts',
      report => this.hear(report),
      why => {
        // The next question is another worker's.
        worker.terminate()
        this.worker = undefined
        this.looking = false
        this.next = undefined
        this.failure.value = why
      },
    )
  }
}
