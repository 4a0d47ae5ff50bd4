/**
 * The service worker: keeps the page's files, so that once loaded it opens without a network. Whatever has its content's
 * hash in its name comes from what is kept; the rest from the network, and from what is kept only where there is none.
 * The build puts the list of files and its hash in the place of the two declared names.
 */
declare const pageFiles: readonly string[]
declare const pageHash: string

/** What this file uses of a service worker's scope, which TypeScript's library for pages does not declare. */
interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface FetchEvent extends LifeEvent {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}

const prefix = 'ghostpoint-lab-'
const cacheName = prefix + pageHash

addEventListener('install', event => {
  ;(event as LifeEvent).waitUntil(caches.open(cacheName).then(cache => cache.addAll([...pageFiles])))
})

addEventListener('activate', event => {
  ;(event as LifeEvent).waitUntil(
    caches
      .keys()
      .then(names => names.filter(name => name.startsWith(prefix) && name !== cacheName))
      .then(old => Promise.all(old.map(name => caches.delete(name)))),
  )
})

addEventListener('fetch', event => {
  const { request } = event as FetchEvent
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  const answer = pathname.includes('/assets/') ? keptOrFetched(request) : fetchedOrKept(request)
  ;(event as FetchEvent).respondWith(answer)
})

async function keptOrFetched(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request)
}

async function fetchedOrKept(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true })
    if (kept === undefined) throw error
    return kept
  }
}
