import { signal } from '@preact/signals'
import { hearWorker } from './hear-worker.js'
import type { MemoryLook, MemorySubject } from './memory-look.js'
import type { MemoryReport, MemoryRequest } from './memory-protocol.js'
import type { FrameSize, PlaneLayout } from './plane-layout.js'

/** A network to look at. */
export interface LookQuestion {
  readonly subject: MemorySubject
  readonly epoch: number
  readonly parameters: Float64Array
}

/** A question that can wait, and what is done with the answer. */
interface Aside {
  readonly question: LookQuestion
  readonly take: (seen: SeenLook) => void
}

/** What was seen of it. */
export interface SeenLook extends MemoryLook {
  readonly subject: MemorySubject
  readonly layout: PlaneLayout | undefined
}

/**
 * The page's end of looks that run in a worker: of questions that come while one is answered, the last one counts, and
 * between two of them passes some time if it is asked for. A question aside is answered when there is no other.
 */
export class MemoryClient {
  readonly seen = signal<SeenLook | undefined>(undefined)
  readonly busy = signal(false)
  readonly failure = signal<string | undefined>(undefined)
  /** Of the picture that shows it; a new one has the last question answered again. */
  private frame: FrameSize | undefined
  private id = 0
  private underWay: LookQuestion | undefined
  private last: LookQuestion | undefined
  private waiting: LookQuestion | undefined
  private aside: Aside | undefined
  /** Of the question under way, if it is one aside. */
  private answerAside: Aside['take'] | undefined
  private askedAt = Number.NEGATIVE_INFINITY
  private timer: ReturnType<typeof setTimeout> | undefined
  private worker: Worker | undefined

  constructor(private readonly leastInterval: () => number) {
    // At once: there is little time between the first network and the first question.
    this.worker = this.open()
  }

  private open(): Worker {
    const worker = new Worker(new URL('./memory-worker.ts', import.meta.url), { type: 'module' })
    return hearWorker<MemoryReport>(
      worker,
      'the worker that looks for slow points',
      report => this.hear(report),
      why => {
        // The next question is another worker's.
        worker.terminate()
        this.worker = undefined
        this.underWay = undefined
        this.waiting = undefined
        this.aside = undefined
        this.busy.value = false
        this.failure.value = why
      },
    )
  }

  ask(question: LookQuestion): void {
    this.waiting = question
    this.busy.value = true
    if (this.underWay === undefined) this.askWaiting()
  }

  /** Asks where nothing else is asked; a question before it that has not been answered is dropped. */
  askAside(question: LookQuestion, take: Aside['take']): void {
    this.aside = { question, take }
    if (this.underWay === undefined) this.askWaiting()
  }

  /** Forgets what was seen and asked; answers that are under way will not be heard. */
  forget(): void {
    clearTimeout(this.timer)
    this.id++
    this.underWay = undefined
    this.waiting = undefined
    this.aside = undefined
    this.last = undefined
    this.askedAt = Number.NEGATIVE_INFINITY
    this.seen.value = undefined
    this.busy.value = false
    this.failure.value = undefined
  }

  frameIs(frame: FrameSize): void {
    if (frame.width === this.frame?.width && frame.height === this.frame.height) return
    this.frame = frame
    if (this.last !== undefined && this.waiting === undefined) this.ask(this.last)
  }

  private askWaiting(): void {
    clearTimeout(this.timer)
    const { waiting, aside } = this
    if (waiting === undefined) {
      if (aside === undefined) return
      this.aside = undefined
      this.answerAside = aside.take
      this.post(aside.question, undefined)
      return
    }
    const wait = this.askedAt + this.leastInterval() - performance.now()
    if (wait > 0) {
      this.timer = setTimeout(() => this.askWaiting(), wait)
      return
    }
    this.waiting = undefined
    this.last = waiting
    this.answerAside = undefined
    this.askedAt = performance.now()
    this.post(waiting, this.frame)
  }

  private post(question: LookQuestion, frame: FrameSize | undefined): void {
    this.underWay = question
    const request: MemoryRequest = { kind: 'look', id: ++this.id, frame, ...question }
    this.worker ??= this.open()
    this.worker.postMessage(request)
  }

  private hear(report: MemoryReport): void {
    if ((report.kind !== 'look' && report.kind !== 'failed') || report.id !== this.id) return
    const { subject } = this.underWay!
    const { answerAside } = this
    this.underWay = undefined
    if (report.kind === 'failed') {
      if (answerAside === undefined) this.failure.value = report.message
    } else {
      const seen = { ...report.look, subject, layout: report.layout }
      if (answerAside === undefined) {
        this.failure.value = undefined
        this.seen.value = seen
      } else answerAside(seen)
    }
    this.busy.value = this.waiting !== undefined
    if (this.underWay === undefined) this.askWaiting()
  }
}
