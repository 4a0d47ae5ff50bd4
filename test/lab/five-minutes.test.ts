import { setPriority } from 'node:os'
import type { CDPSession } from 'playwright-core'
import { expect, it } from 'vitest'
import { NetworkPage } from './network-page.js'
import { workerHeaps } from './worker-heaps.js'

// It takes its five minutes with little of the processor, too: the tests beside it get the rest.
setPriority(10)

const minutes = 5
/** Seconds of a training that would go on for longer. */
const trainingSeconds = 4

interface Usage {
  readonly page: number
  readonly training: number
  readonly latent: number
  /** Elements and other nodes of the page. */
  readonly nodes: number
}

it('trains at full speed for five minutes and needs no more memory, nor more work for a frame', async () => {
  const room = await NetworkPage.open({ speed: 200_000, epochs: 500_000, rate: 0.003, seed: 40, changes: '' })
  const { page } = room
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.evaluate(countFrames)

  let epochs = 0
  const play = async (seconds: number) => {
    for (const end = Date.now() + 1000 * seconds; Date.now() < end; ) {
      await page.waitForTimeout(1000 * trainingSeconds)
      epochs += await room.epoch()
      await page.keyboard.press('r')
    }
  }
  const minute = async () => {
    const before = await workOf(session)
    await page.evaluate(countFrames)
    await play(60)
    const intervals = await page.evaluate(() => window.frameIntervals)
    const busy = (await workOf(session)) - before
    const median = intervals.sort((a, b) => a - b)[intervals.length >> 1]!
    // A link keeps no epoch 0, at which it rests if it is paused before anything is trained.
    await expect.poll(() => room.epoch()).toBeGreaterThan(0)
    await page.keyboard.press('Space')
    await room.atRest()
    const used = await usage(session, room)
    await page.keyboard.press('Space')
    return { ...used, median, work: busy / intervals.length }
  }

  await play(10)
  const table: Awaited<ReturnType<typeof minute>>[] = []
  for (let count = 0; count < minutes; count++) table.push(await minute())
  console.info(
    `${epochs.toLocaleString('en')} epochs; MB in page, training worker, latent worker; thousands of nodes; work and median of a frame`,
  )
  for (const row of table) console.info(described(row))

  expect(epochs).toBeGreaterThan(1e6)
  const [first, last] = [table[0]!, table.at(-1)!]
  expect(last.page).toBeLessThan(first.page + 2)
  expect(last.training).toBeLessThan(first.training + 2)
  expect(last.latent).toBeLessThan(first.latent + 1)
  expect(last.nodes).toBeLessThan(1.5 * first.nodes)
  expect(last.work).toBeLessThan(2 * first.work)
}, 480_000)

declare global {
  interface Window {
    /** Milliseconds between the frames of the page since they are counted. */
    frameIntervals: number[]
  }
}

/** In the page: counts anew. */
function countFrames(): void {
  const intervals: number[] = []
  window.frameIntervals = intervals
  let last = performance.now()
  const frame = (now: number) => {
    if (window.frameIntervals !== intervals) return
    intervals.push(now - last)
    last = now
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

/** Milliseconds of processor time that the page's own thread has worked. */
async function workOf(session: CDPSession): Promise<number> {
  return 1000 * (await metric(session, 'TaskDuration'))
}

async function usage(session: CDPSession, { page }: NetworkPage): Promise<Usage> {
  // What the first collection frees may hold what the second one does.
  for (let time = 0; time < 2; time++) await session.send('HeapProfiler.collectGarbage')
  const heaps = await workerHeaps(page)
  return {
    page: (await metric(session, 'JSHeapUsedSize')) / 1e6,
    training: heaps.get('training-worker')! / 1e6,
    latent: heaps.get('latent-worker')! / 1e6,
    nodes: await metric(session, 'Nodes'),
  }
}

async function metric(session: CDPSession, wanted: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === wanted)!.value
}

const described = ({
  page,
  training,
  latent,
  nodes,
  work,
  median,
}: Usage & { work: number; median: number }) =>
  [page, training, latent, nodes / 1000, work, median].map(value => value.toFixed(1)).join(', ')
