/** Views to start from: one for each figure of the paper, and stories. A preset is a link. */
export interface Preset {
  readonly title: string
  readonly group: 'Figures of the paper' | 'Stories'
  /** As a link has it, without `v`. */
  readonly link: string
}

const figure = (title: string, link: string): Preset => ({ title, group: 'Figures of the paper', link })
const story = (title: string, link: string): Preset => ({ title, group: 'Stories', link })

export const presets: readonly Preset[] = [
  figure('1: a ghost', 'room=one-dimension&1d.epoch=1538&1d.time=0.7'),
  figure('2: one dimension learns abruptly', 'room=one-dimension'),
  figure(
    '3a: a network learns slowly',
    'room=network&net.seed=40&net.rate=0.003&net.epochs=60000&net.changes=',
  ),
  figure(
    '3c: a network loses what it learned',
    'room=network&net.seed=40&net.rate=0.02&net.epochs=6000&net.changes=',
  ),
  figure('4: rank two, match to sample', 'room=working-memory'),
  figure('5: …', 'room=working-memory'),
  figure('6b: two ranks', 'room=remedies&fix.what=rank'),
  figure('8b: trapped, and freed', 'room=remedies&fix.to=3500&fix.epoch=3230'),
  story('Lose it', 'room=one-dimension&1d.rate=1e-9'),
  story('Rescue it', 'room=remedies'),
  story('In and out of the zone, at lower confidence', 'room=one-dimension&1d.rate=2e-9&1d.a=0.5'),
  story('Forty seeds, learned and lost', 'room=remedies&fix.what=many'),
  story('Forty seeds, confidence lowered at the collapse', 'room=remedies&fix.what=many&fix.net=lowered'),
]
