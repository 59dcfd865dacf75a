// Signing out waits, on every page, while marks of a lesson are kept here and not sent; then what was kept of it goes too.
import { kept } from './unsent.js'

const stay = document.querySelector('[data-stay]')
if (stay)
  addEventListener('submit', async (event) => {
    const form = event.target
    if (!form.action.endsWith(stay.dataset.stay)) return
    event.preventDefault()
    const unsent = await kept().catch(() => [])
    if (unsent.some(({ refused }) => !refused)) {
      stay.hidden = false
      stay.focus()
      return
    }
    await caches.delete('lab-roll').catch(() => {})
    form.submit()
  })
