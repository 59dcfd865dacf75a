// What was read once, in this language, can be read without a network.
const { lang } = document.documentElement
const workers = navigator.serviceWorker
if (workers && location.pathname.startsWith(`/${lang}/`))
  addEventListener('load', () =>
    workers
      .register(`/${lang}/offline.js`)
      .then(() => workers.ready)
      .then(({ active }) => active.postMessage(0))
      .catch(() => {}),
  )

const without = document.querySelector('[data-offline]')
if (without) {
  const tell = () => {
    without.hidden = navigator.onLine
  }
  tell()
  addEventListener('online', tell)
  addEventListener('offline', tell)
}
