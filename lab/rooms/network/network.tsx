import { signal } from '@preact/signals'
import { createRoomState } from '../../state/fields.js'
import type { Room } from '../room.js'

const state = createRoomState('net', {
  rate: { kind: 'number', label: 'Learning rate', initial: 0.02, min: 1e-4, max: 1, scale: 'log' },
})

const player: Room['player'] = {
  playing: signal(false),
  toggle() {},
  step() {},
  repeat() {},
  renew() {},
  renewLabel: 'New seed',
}

export const network: Room = {
  id: 'network',
  title: 'A network',
  prose: <p>…</p>,
  state,
  player,
  open() {},
  View: () => <p>…</p>,
  command: () => undefined,
}
