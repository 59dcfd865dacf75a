// A desk left alone shows nobody's file: after some minutes without a key or a touch the page is covered.
const setting = document.querySelector('meta[name="cover-after"]')
const cover = document.querySelector('[data-cover]')
if (setting && cover) {
  const wait = Number(setting.content) * 1000
  let timer
  const covered = (yes) => {
    document.body.classList.toggle('covered', yes)
    cover.hidden = !yes
    for (const part of document.querySelectorAll('main, header')) part.inert = yes
  }
  const again = (event) => {
    if (!cover.hidden) {
      // The key that uncovers must not also press what lies below.
      if (event?.cancelable) event.preventDefault()
      if (event) event.stopPropagation()
      covered(false)
    }
    clearTimeout(timer)
    timer = setTimeout(covered, wait, true)
  }
  for (const kind of ['keydown', 'pointerdown', 'wheel', 'input'])
    document.addEventListener(kind, again, { capture: true, passive: kind === 'wheel' })
  again()
}
