// A stream only says *changed*, or a clock asks: the part is fetched again and put in the place of the old one.
const watch = (part) => {
  const { live, changes, every, said } = part.dataset
  let stream
  const fetchAgain = async () => {
    if (!part.isConnected) return stream?.close()
    // Somebody is writing or choosing in it: later.
    if (part.contains(document.activeElement) && document.activeElement !== document.body) {
      part.addEventListener('focusout', fetchAgain, { once: true })
      return
    }
    const answer = await fetch(live, { headers: { 'HX-Request': 'true' } }).catch(() => null)
    if (!answer?.ok || answer.redirected) return every && setTimeout(fetchAgain, every * 1000)
    const html = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = html.getElementById(part.id)
    if (!fresh) return
    if (stream) stream.close()
    part.replaceWith(fresh)
    if (window.htmx) window.htmx.process(fresh)
    if (said) announce(said)
    watch(fresh)
  }
  if (changes) {
    stream = new EventSource(changes)
    stream.addEventListener('changed', fetchAgain)
    stream.onmessage = fetchAgain
  } else if (every) setTimeout(fetchAgain, every * 1000)
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
