/**
 * Trainings side by side in one worker, at one pace: whichever is furthest behind goes on next, so that all share the
 * time fairly and none is ever more than a few epochs ahead.
 */

/** Something that is trained epoch by epoch. */
export interface Runner {
  /** Epochs done. */
  readonly epoch: number
  readonly ended: boolean
  /** Trains on, by so many epochs at most. */
  advance(epochs: number): void
}

export interface Pace {
  readonly playing: boolean
  /** Epochs a second of each training; infinity is as fast as it goes. */
  readonly speed: number
}

/** Milliseconds of training between two times that messages are heard. */
const slice = 16
/** Seconds by which trainings that are too slow for their pace may fall behind it. */
const patience = 0.25

export interface RoundRobinOptions {
  /** May grow while they run. */
  readonly runs: () => readonly Runner[]
  /** Called every so often, and once nothing is left to do. */
  readonly report: () => void
  /** Milliseconds between two reports. */
  readonly reportInterval: number
  /** Epochs that one training goes on at a time. */
  readonly atOnce: number
}

export class RoundRobin {
  private pace: Pace = { playing: false, speed: 0 }
  /** Epochs that all are to have done. */
  private target = 0
  /** Reached as fast as it goes, whatever the pace. */
  private goal = 0
  private lastTick = 0
  private lastReport = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly options: RoundRobinOptions) {}

  /** Whether nothing is left to do until it is asked for more. */
  get settled(): boolean {
    return this.laggard === undefined && (!this.pace.playing || this.ended)
  }

  get ended(): boolean {
    return this.options.runs().every(run => run.ended)
  }

  /** Epochs done by all of those that go on. */
  get slowest(): number {
    const running = this.options.runs().filter(run => !run.ended)
    return running.length === 0 ? this.furthest : Math.min(...running.map(({ epoch }) => epoch))
  }

  /** Trains to an epoch as fast as it goes, and from there on at the pace. */
  begin(goal: number, pace: Pace): void {
    this.goal = goal
    this.setPace(pace)
  }

  /** Another pace from here on; whoever is behind catches up first. */
  setPace(pace: Pace): void {
    this.pace = pace
    this.goOnTo(Math.max(this.goal, this.furthest))
  }

  /** So many epochs further than the furthest, then rest. */
  step(epochs: number): void {
    this.pace = { ...this.pace, playing: false }
    this.goOnTo(this.furthest + epochs)
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  private get furthest(): number {
    return Math.max(0, ...this.options.runs().map(({ epoch }) => epoch))
  }

  private get laggard(): Runner | undefined {
    let found: Runner | undefined
    for (const run of this.options.runs()) {
      if (run.ended || run.epoch >= Math.floor(this.target)) continue
      if (found === undefined || run.epoch < found.epoch) found = run
    }
    return found
  }

  private goOnTo(target: number): void {
    this.target = target
    this.lastTick = performance.now()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.tick())
  }

  private tick(): void {
    const now = performance.now()
    this.earn(now)
    const { atOnce, report, reportInterval } = this.options
    let next = this.laggard
    while (next !== undefined && performance.now() - now < slice) {
      next.advance(Math.min(atOnce, Math.floor(this.target) - next.epoch))
      next = this.laggard
    }
    const { settled } = this
    if (settled || performance.now() - this.lastReport >= reportInterval) {
      this.lastReport = performance.now()
      report()
    }
    if (!settled) this.timer = setTimeout(() => this.tick(), next === undefined ? 4 : 0)
  }

  /** Lets the pace move the target on, once the goal is reached. */
  private earn(now: number): void {
    const { pace, slowest, goal } = this
    const seconds = (now - this.lastTick) / 1000
    this.lastTick = now
    if (!pace.playing || slowest < goal) return
    const furthest = slowest + Math.max(1, patience * pace.speed)
    this.target = Math.min(this.target + pace.speed * seconds, furthest)
    if (pace.speed === Number.POSITIVE_INFINITY) this.target = pace.speed
  }
}

/** Resolves after what the browser has already to do, messages included. */
export function nextTask(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve))
}
