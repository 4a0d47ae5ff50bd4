// Frames of the lab's page while a room trains as fast as it can, in a browser from the npm package of the tests.
import { fileURLToPath } from 'node:url'
import chromiumPackage from '@sparticuz/chromium'
import { chromium } from 'playwright-core'
import { readPage } from '../../dist/cli/lab/page.js'
import { labServer } from '../../dist/cli/lab/server.js'

/** Milliseconds from which on a frame came too late for a screen of 60 a second. */
export const lateFrom = 20
/** Every room is looked at for some seconds a turn. */
export const mostTurns = 3

const seconds = 4
const rooms = [
  { name: 'one dimension', room: 'one-dimension', link: '1d.speed=100' },
  {
    name: 'network',
    room: 'network',
    link: 'net.speed=200000&net.epochs=500000&net.delay=60&net.rate=0.003&net.seed=40&net.changes=',
  },
  { name: 'remedies, rank', room: 'remedies', link: 'fix.what=rank' },
  { name: 'remedies, 40 seeds', room: 'remedies', link: 'fix.what=many' },
  { name: 'working memory', room: 'working-memory', link: 'mem.speed=10000&mem.epochs=100000' },
]

/** Per room: frames a second, the median interval, the share that was late, and whether it still played at the end. */
export async function frames(turns) {
  const server = labServer(readPage(fileURLToPath(new URL('../../dist/lab', import.meta.url))), '127.0.0.1')
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch({
    executablePath: await chromiumPackage.executablePath(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const intervals = rooms.map(() => [])
    const played = rooms.map(() => true)
    for (let turn = 0; turn < turns; turn++) {
      for (const [i, room] of rooms.entries()) {
        const seen = await watch(browser, server.address().port, room)
        intervals[i].push(...seen.intervals)
        played[i] &&= seen.playing
      }
    }
    return rooms.map(({ name }, i) => ({ name, ...summary(intervals[i]), playing: played[i] }))
  } finally {
    await browser.close()
    server.close()
  }
}

async function watch(browser, port, { room, link }) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  try {
    await page.goto(`http://127.0.0.1:${port}/#room=${room}&${link}`)
    await page.waitForSelector(`#${room} figure.picture svg`)
    // Not the first moment, in which everything is drawn for the first time.
    await page.waitForTimeout(500)
    const intervals = await page.evaluate(countFrames, 1000 * seconds)
    const button = await page.locator(`#${room} .transport .primary`).first().innerText()
    return { intervals, playing: button === 'Pause' }
  } finally {
    await page.close()
  }
}

/** In the page: milliseconds between frames. */
function countFrames(duration) {
  return new Promise(done => {
    const intervals = []
    let last = performance.now()
    const end = last + duration
    const frame = now => {
      intervals.push(now - last)
      last = now
      if (now < end) requestAnimationFrame(frame)
      else done(intervals.slice(1))
    }
    requestAnimationFrame(frame)
  })
}

function summary(intervals) {
  const sorted = intervals.sort((a, b) => a - b)
  const total = sorted.reduce((sum, interval) => sum + interval, 0)
  return {
    perSecond: (1000 * sorted.length) / total,
    median: sorted[sorted.length >> 1],
    late: sorted.filter(interval => interval >= lateFrom).length / sorted.length,
    longest: sorted.at(-1),
  }
}
