import type { CDPSession, Page } from 'playwright-core'

/** Bytes of JavaScript in each worker of a page after its garbage is collected, by the name of its script. */
export async function workerHeaps(page: Page): Promise<Map<string, number>> {
  const session = await page.context().newCDPSession(page)
  const workers: { sessionId: string; name: string }[] = []
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    const name = /([\w-]+)-[\w-]{8}\.js$/.exec(targetInfo.url)?.[1] ?? targetInfo.url
    if (targetInfo.type === 'worker') workers.push({ sessionId, name })
  })
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  })
  const heaps = new Map<string, number>()
  for (const { sessionId, name } of workers) {
    await ask(session, sessionId, 'HeapProfiler.collectGarbage')
    const used = await ask(session, sessionId, 'Runtime.getHeapUsage')
    heaps.set(name, used.usedSize! + (used.backingStorageSize ?? 0))
  }
  await session.detach()
  return heaps
}

let questions = 0

/** Asks a worker, which answers through the session of its page. */
function ask(session: CDPSession, sessionId: string, method: string): Promise<Record<string, number>> {
  const id = ++questions
  return new Promise(done => {
    const hear = ({ sessionId: from, message }: { sessionId: string; message: string }) => {
      const answer = JSON.parse(message)
      if (from !== sessionId || answer.id !== id) return
      session.off('Target.receivedMessageFromTarget', hear)
      done(answer.result)
    }
    session.on('Target.receivedMessageFromTarget', hear)
    session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
  })
}
