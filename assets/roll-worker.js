// The page of a lesson opened without a network: what roll.js has kept of it.
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(clients.claim()))

addEventListener('fetch', (event) => {
  if (event.request.method !== 'GET') return
  event.respondWith(
    fetch(event.request).catch(async () => {
      const found = await (await caches.open('lab-roll')).match(event.request, { ignoreSearch: true, ignoreVary: true })
      return found ?? Response.error()
    }),
  )
})
