// One language read without a network: what was seen, and what matters. A worker for each language: its scope is
// /{language}/, so that the staff's pages never pass here. `lab` is written before this by the server.
const { cache: name, page: instead, first, matters } = self.lab
const scope = new URL(registration.scope).pathname
const most = 120
const day = 86_400_000

const shelf = () => caches.open(name)
const kept = async (url) => (await shelf()).match(url, { ignoreVary: true })
/** Pages of one person say no-store; the personal area has none to keep. */
const mayKeep = (url, answer) =>
  answer.ok &&
  !answer.redirected &&
  !/no-store/.test(answer.headers.get('cache-control') || '') &&
  !url.startsWith(`${location.origin}${scope}mio`)

async function keep(url, answer) {
  if (!mayKeep(url, answer)) return
  const cache = await shelf()
  await cache.put(url, answer)
  const seen = await cache.keys()
  // The oldest go first: what matters was put in last, when it was asked again.
  await Promise.all(seen.slice(0, Math.max(0, seen.length - most)).map((one) => cache.delete(one)))
}

/** One after the other, so that whoever reads meanwhile does not wait. Unchanged pages cost an empty answer. */
async function fetchAll(paths) {
  for (const path of paths) {
    const url = new URL(path, location.origin).href
    try {
      await keep(url, await fetch(url, { cache: 'no-cache' }))
    } catch {}
  }
}

addEventListener('install', (event) => {
  skipWaiting()
  event.waitUntil(fetchAll([instead, ...first]))
})

addEventListener('activate', (event) => {
  const ours = name.slice(0, name.lastIndexOf('-') + 1)
  event.waitUntil(
    (async () => {
      for (const one of await caches.keys()) if (one.startsWith(ours) && one !== name) await caches.delete(one)
      await clients.claim()
    })(),
  )
})

// A page has been opened: it was perhaps fetched before this worker was there. Once a day the rest is asked again.
addEventListener('message', (event) => {
  event.waitUntil(
    (async () => {
      if (event.source && !(await kept(event.source.url))) await fetchAll([event.source.url])
      const last = await kept(matters[matters.length - 1])
      const sparing = navigator.connection?.saveData
      if (last && Date.now() - Date.parse(last.headers.get('date')) < day) return
      await fetchAll(sparing ? first : [...first, ...matters])
    })(),
  )
})

addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || !request.url.startsWith(`${location.origin}/`)) return
  if (request.mode === 'navigate') event.respondWith(newest(event))
  else if (/^\/(assets|immagini|loghi)\//.test(new URL(request.url).pathname)) event.respondWith(same(event))
})

/** The network's answer; the kept one where it fails, or takes longer than people wait. */
async function newest(event) {
  const { url } = event.request
  const net = fetch(event.request).then((answer) => {
    event.waitUntil(keep(url, answer.clone()))
    return answer
  })
  const slow = new Promise((late) => setTimeout(late, 4000))
  try {
    const answer = await Promise.race([net, slow])
    if (answer && answer.status < 500) return answer
    return (await kept(url)) || (await net)
  } catch {
    return (await kept(url)) || (await kept(instead)) || Response.error()
  }
}

/** What never changes under its address. */
async function same(event) {
  const { url } = event.request
  const there = await kept(url)
  if (there) return there
  const answer = await fetch(event.request)
  event.waitUntil(keep(url, answer.clone()))
  return answer
}
