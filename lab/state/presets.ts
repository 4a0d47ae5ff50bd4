/** Views to start from: one for each figure of the paper, and stories. A preset is a link. */
export interface Preset {
  readonly title: string
  readonly group: 'Figures of the paper' | 'Stories'
  /** As a link has it, without `v`. */
  readonly link: string
}

const figure = (title: string, link: string): Preset => ({ title, group: 'Figures of the paper', link })
const story = (title: string, link: string): Preset => ({ title, group: 'Stories', link })

const fullRank = 'room=working-memory&mem.rank=full&mem.opt=sgd&mem.trials=1'

export const presets: readonly Preset[] = [
  figure('1: a ghost', 'room=one-dimension&1d.epoch=1538&1d.time=0.7'),
  figure('2: one dimension learns abruptly', 'room=one-dimension'),
  figure(
    '3: a network learns slowly',
    'room=network&net.rate=0.003&net.epochs=60000&net.seed=40&net.speed=6000&net.changes=',
  ),
  figure('3: a network loses what it learned', 'room=network&net.seed=40&net.epochs=6000&net.changes='),
  figure('4: rank two, match to sample', 'room=working-memory'),
  figure(
    '5: full rank, cue discrimination',
    `${fullRank}&mem.task=cue&mem.rate=0.01&mem.delay=10&mem.seed=3&mem.speed=300&mem.epochs=3001&mem.init=0.1`,
  ),
  figure('6: more rank', 'room=remedies&fix.what=rank'),
  figure(
    '7: full rank, at a rate too high',
    `${fullRank}&mem.rate=0.8858667904100825&mem.speed=400&mem.epochs=4000&mem.init=0&mem.noise=0`,
  ),
  figure('8: lower confidence', 'room=remedies&fix.to=3500&fix.epoch=3230'),
  story('Lose it', 'room=one-dimension&1d.rate=1e-9'),
  story(
    'Rescue it',
    'room=network&net.epochs=14000&net.speed=2000&net.changes=8200:r=0.08,8400:r=0.02,8400:c=0.5,10000:c=10',
  ),
  story('The step that loses it', 'room=network&net.epoch=8203&net.to=8999&net.axis=close'),
  story('Learned, lost, learned, lost', 'room=network&net.seed=26&net.epochs=7500&net.changes='),
  story('In and out of the zone', 'room=one-dimension&1d.rate=2e-9&1d.a=0.5'),
  story('Forty seeds', 'room=remedies&fix.what=many'),
  story('Forty seeds, rescued', 'room=remedies&fix.what=many&fix.net=lowered'),
  story('A ghost before the fall', 'room=working-memory&mem.epoch=400&mem.point=2'),
]
