// The roll of a lesson without a network: each tap is kept on the device, shown as not yet sent, and sent when it can be. What is
// kept are numbers, never a name; nothing is deleted before the server has said that it has it.
import { inStore, kept } from './scripts/unsent.js'

const list = document.querySelector('[data-roll]')
const said = list?.dataset ?? {}

/** Beside the name, until it is sent. */
function paint(all) {
  for (const row of list.querySelectorAll('li')) {
    const own = all.filter(({ lesson, enrolment }) => lesson === said.roll && enrolment === row.dataset.enrolment)
    const last = own[own.length - 1]
    let note = row.querySelector('[data-unsent]')
    if (!last) note?.remove()
    else {
      if (!note) {
        note = document.createElement('span')
        note.dataset.unsent = ''
        note.className = 'note-word'
        row.querySelector('.roll-name').append(' ', note)
      }
      note.textContent = `${last.present === 'yes' ? said.yes : said.no} · ${last.refused ? said.refused : said.unsent}`
      for (const button of row.querySelectorAll('[name="present"]'))
        button.setAttribute('aria-pressed', String(button.value === last.present))
    }
  }
}

let sending = false
async function send() {
  if (sending) return
  sending = true
  let sent = 0
  try {
    for (const mark of await kept()) {
      if (mark.refused) continue
      const { id, made_at, enrolment, present, from_time, to_time, seen, ambito, lesson } = mark
      const body = new URLSearchParams({ id, made_at, enrolment, present, _once: id, _ambito: ambito })
      if (from_time) body.set('from_time', from_time)
      if (to_time) body.set('to_time', to_time)
      for (const one of seen) body.append('seen', one)
      const answer = await fetch(lesson, { method: 'POST', body })
      // Signed out meanwhile: it waits for the next sign-in.
      if (!answer.url.endsWith(lesson)) break
      if (answer.ok) await inStore('readwrite', (marks) => marks.delete(id))
      else if (answer.status === 422) await inStore('readwrite', (marks) => marks.put({ ...mark, refused: true }))
      else break
      sent++
    }
    if (sent > 0) await refresh()
  } catch {
    // No network: the marks stay where they are.
  }
  sending = false
  paint(await kept())
}

/** The list as the server has it now, with the marks of others. */
async function refresh() {
  const page = new DOMParser().parseFromString(await (await fetch(said.roll)).text(), 'text/html')
  const fresh = page.querySelector('[data-roll]')
  if (fresh) list.innerHTML = fresh.innerHTML
  const sum = page.querySelector('.roll-sum')
  if (sum) document.querySelector('.roll-sum').innerHTML = sum.innerHTML
}

if (list) {
  addEventListener('submit', async (event) => {
    const form = event.target
    if (form.matches('.roll-mark')) {
      event.preventDefault()
      const typed = new FormData(form, event.submitter)
      const before = (await kept()).filter(
        (mark) => mark.enrolment === typed.get('enrolment') && mark.lesson === said.roll,
      )
      await inStore('readwrite', (marks) =>
        marks.put({
          id: crypto.randomUUID(),
          made_at: new Date().toISOString(),
          lesson: said.roll,
          ambito: typed.get('_ambito'),
          enrolment: typed.get('enrolment'),
          present: typed.get('present'),
          from_time: typed.get('from_time'),
          to_time: typed.get('to_time'),
          seen: [...typed.getAll('seen'), ...before.map(({ id }) => id)],
        }),
      )
      paint(await kept())
      await send()
    }
  })
  addEventListener('online', send)
  // A network that only seems to be there says nothing when it comes back.
  setInterval(send, 15_000)
  send()
  keepPage().catch(() => {})
}

/** For a page opened again without a network: the form with initials only, and what it is drawn with. */
async function keepPage() {
  await navigator.serviceWorker.register(said.worker)
  const shelf = await caches.open('lab-roll')
  const page = await fetch(said.without)
  if (page.ok && !page.redirected) await shelf.put(said.roll, page)
  for (const { href, src } of document.querySelectorAll('link[rel="stylesheet"], script[src]'))
    if (!(await shelf.match(href || src))) await shelf.add(href || src)
}
