/** Views to start from: one for each figure of the paper, and stories. A preset is a link. */
export interface Preset {
  readonly title: string
  readonly group: 'Figures of the paper' | 'Stories'
  /** As a link has it, without `v`. */
  readonly link: string
}

export const presets: readonly Preset[] = []
