import type { SettingsInput } from '../../src/settings/settings.js'
import type { PairJob } from './pair-protocol.js'
import { TrainingSession } from './training-session.js'
import { Twin } from './twin.js'

/** The two trainings of a {@link PairJob}. */
export class Pair {
  /** One until there are two. */
  readonly twins: Twin[] = []
  private generations = 0

  private constructor(
    private confidence: number,
    private readonly settings: SettingsInput,
    /** Not begun: waits for the collapse. */
    private spare: TrainingSession | undefined,
  ) {}

  static async create(job: PairJob): Promise<Pair> {
    if (job.kind === 'two') {
      const pair = new Pair(1, job.settings[0], undefined)
      for (const settings of job.settings) {
        pair.twins.push(new Twin(await TrainingSession.create(settings), { generation: pair.generations++ }))
      }
      return pair
    }
    const { settings, confidence } = job
    const first = await TrainingSession.create(settings)
    const pair = new Pair(confidence, settings, await TrainingSession.create(settings))
    const onCollapse = (epoch: number) => pair.branch(epoch)
    pair.twins.push(new Twin(first, { generation: pair.generations++, onCollapse }))
    return pair
  }

  /** Puts another twin, with this confidence from the collapse on, in the place of the lowered one. */
  async lowerTo(confidence: number): Promise<void> {
    this.confidence = confidence
    const spare = await TrainingSession.create(this.settings)
    // Of several that were asked for meanwhile, the last counts.
    if (this.confidence !== confidence) return
    this.spare = spare
    const collapse = this.twins[0]?.firstCollapse
    if (collapse === undefined) return
    this.twins.length = 1
    this.branch(collapse)
  }

  /** Brings the spare training to the collapse, and changes it from the next epoch on. */
  private branch(collapse: number): void {
    const { spare } = this
    // Nothing is left to train where the collapse is the end.
    if (spare === undefined || collapse + 1 >= spare.settings.epochs) return
    this.spare = undefined
    spare.advance(collapse + 1)
    spare.change({ confidence: this.confidence })
    this.twins.push(new Twin(spare, { generation: this.generations++ }))
  }
}
