// A stream only says *changed*, or a clock asks: the part is fetched again and put in the place of the old one.
// Where there is no stream to be had, it is asked again every so often; nothing is asked while nobody looks.
const again_after = 20_000

const watch = (part) => {
  const { id } = part
  const { changes, said } = part.dataset
  const every = part.dataset.every && Number(part.dataset.every) * 1000
  let stream
  let waiting = false

  const stop = () => {
    stream?.close()
    stream = undefined
  }
  const fetchAgain = async () => {
    // A form of the page may have put a fresh one in its place.
    part = document.getElementById(id)
    if (!part) return stop()
    // Somebody is writing or choosing in it, or nobody sees it: later.
    if (part.contains(document.activeElement) && document.activeElement !== document.body) {
      if (!waiting) part.addEventListener('focusout', later, { once: true })
      waiting = true
      return
    }
    const answer = await fetch(part.dataset.live, { headers: { 'HX-Request': 'true', 'X-Live': '1' } }).catch(
      () => null,
    )
    // Signed out: the page stays as it is.
    if (answer?.redirected) return stop()
    const html = answer?.ok && new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = html && html.getElementById(id)
    // The work is over, and the page another one.
    if (answer?.status === 200 && !fresh && every) return location.reload()
    if (fresh) {
      const same = fresh.textContent === part.textContent
      part.replaceWith(fresh)
      part = fresh
      if (window.htmx) window.htmx.process(part)
      if (said && !same) announce(said)
    }
    if (every && (!answer?.ok || fresh?.dataset.every)) setTimeout(fetchAgain, every)
  }
  // The focus moves after the event: what was left may be entered again at once.
  const later = () => {
    waiting = false
    setTimeout(fetchAgain)
  }
  const follow = () => {
    if (!part || stream || document.hidden) return
    stream = new EventSource(changes)
    stream.addEventListener('changed', fetchAgain)
    stream.onmessage = fetchAgain
    stream.onerror = () => {
      if (stream?.readyState !== EventSource.CLOSED) return
      stop()
      setTimeout(() => fetchAgain().then(follow), again_after)
    }
  }

  if (changes) {
    follow()
    // A browser keeps few streams: hidden pages give theirs back, and look once when they are seen again.
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) stop()
      else fetchAgain().then(follow)
    })
  } else if (every) setTimeout(fetchAgain, every)
}

let speaker
const announce = (text) => {
  if (!speaker) {
    speaker = document.createElement('p')
    speaker.className = 'visually-hidden'
    speaker.setAttribute('role', 'status')
    document.body.append(speaker)
  }
  speaker.textContent = ''
  setTimeout(() => (speaker.textContent = text), 100)
}

document.querySelectorAll('[data-live]').forEach(watch)
