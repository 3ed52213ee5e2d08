// What opens the one screen that works without network: its page, scripts, styles and fonts, as one version of the app.
// It never holds an answer of the API. The build puts what belongs to the version in the place of `null`.
const built = null

const cacheName = `sendocki-${built.version}`
const page = '/'
const files = new Set(built.files)
/** Milliseconds after which a network that says nothing counts as none. */
const patience = 6000
/**
 * Pages that came from the network a moment ago, and until when they fetch their files by themselves: with dozens of
 * modules handed over by a worker at once a browser under load may never begin to run them (one load in a hundred).
 */
const loading = new Map()
const loadingTime = 20_000

const cached = (key) => caches.match(key, { cacheName, ignoreVary: true })
const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Files under their hash never change; what is not in the cache, because it was cleared, is fetched. */
const cacheFirst = async (request) => (await cached(request)) ?? fetch(request)

/** The page itself and what bears no hash: always the newest where there is a network, so that no old app stays. */
const networkFirst = async (request, key, onAnswer = () => undefined) => {
  const asked = fetch(request)
  const answer = await Promise.race([asked.catch(() => undefined), after(patience)])
  if (answer) onAnswer()
  return answer ?? (await cached(key)) ?? asked
}

const isLoading = (client) => {
  const now = Date.now()
  for (const [id, until] of loading) if (until < now) loading.delete(id)
  return loading.has(client)
}

const isPage = ({ mode }, { pathname }) =>
  mode === 'navigate' &&
  !/^\/(api|hooks|docs|health|metrics|assets)(\/|$)/.test(pathname) &&
  !/\.[a-z0-9]+$/i.test(pathname)

self.addEventListener('install', (event) => {
  const fill = async () => {
    const cache = await caches.open(cacheName)
    // The page names the files, so it is asked for anew; they come from the browser's own cache where it has them.
    await cache.addAll([new Request(page, { cache: 'no-cache' }), ...files])
    await self.skipWaiting()
  }
  event.waitUntil(fill())
})

self.addEventListener('activate', (event) => {
  const replace = async () => {
    const names = await caches.keys()
    await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)))
    await self.clients.claim()
  }
  event.waitUntil(replace())
})

self.addEventListener('fetch', (event) => {
  const { request, clientId, resultingClientId } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (isPage(request, url))
    event.respondWith(networkFirst(request, page, () => loading.set(resultingClientId, Date.now() + loadingTime)))
  else if (files.has(url.pathname) && !isLoading(clientId))
    event.respondWith(url.pathname.startsWith('/assets/') ? cacheFirst(request) : networkFirst(request, url.pathname))
})
