import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drawNever, drawSoon } from '../../lab/ui/draw-queue.js'

/** Frames that wait, and the clock that drawings take their time of. */
let frames: (() => void)[] = []
let now = 0
const nextFrame = () => {
  const due = frames
  frames = []
  for (const frame of due) frame()
}
/** What was done, in order. */
let done: string[] = []
const drawing = (name: string, milliseconds: number) => () => {
  done.push(`compose ${name}`)
  now += milliseconds
  return () => void done.push(`show ${name}`)
}

beforeEach(() => {
  ;[frames, now, done] = [[], 0, []]
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame))
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})
afterEach(() => {
  while (frames.length > 0) nextFrame()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('the queue of drawings', () => {
  it('draws one picture a frame, in the order in which they were asked for', () => {
    drawSoon({}, drawing('a', 1))
    drawSoon({}, drawing('b', 1))
    nextFrame()
    expect(done).toEqual(['compose a', 'show a'])
    nextFrame()
    expect(done.slice(2)).toEqual(['compose b', 'show b'])
    expect(frames).toEqual([])
  })

  it('shows what took long to compose in the frame after, before anything else', () => {
    drawSoon({}, drawing('long', 20))
    drawSoon({}, drawing('short', 1))
    nextFrame()
    expect(done).toEqual(['compose long'])
    nextFrame()
    expect(done.slice(1)).toEqual(['show long'])
    nextFrame()
    expect(done.slice(2)).toEqual(['compose short', 'show short'])
  })

  it('draws the last of several drawings of one owner', () => {
    const owner = {}
    drawSoon(owner, drawing('old', 1))
    drawSoon(owner, drawing('new', 1))
    nextFrame()
    nextFrame()
    expect(done).toEqual(['compose new', 'show new'])
  })

  it('draws nothing of an owner that is gone, not even what is composed', () => {
    const [gone, other] = [{}, {}]
    drawSoon(gone, drawing('gone', 20))
    drawSoon(other, drawing('other', 1))
    nextFrame()
    drawNever(gone)
    nextFrame()
    nextFrame()
    expect(done).toEqual(['compose gone', 'compose other', 'show other'])
  })

  it('goes on after a drawing that throws', () => {
    drawSoon({}, () => {
      throw new Error('no such picture')
    })
    drawSoon({}, drawing('next', 1))
    expect(nextFrame).toThrow('no such picture')
    nextFrame()
    expect(done).toEqual(['compose next', 'show next'])
  })
})
