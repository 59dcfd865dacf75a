// Results of a search while typing: arrows walk from the field through them, Enter in the field opens the first.
// What is shown may be older than what is typed; then Enter searches.
for (const field of document.querySelectorAll('[data-pick]')) {
  const list = document.querySelector(field.dataset.pick)
  const links = () => [...list.querySelectorAll('[data-result]')]
  let shown_for = field.value

  document.addEventListener('htmx:afterSwap', (event) => {
    if (event.detail.target === list) shown_for = event.detail.requestConfig.parameters.who ?? field.value
  })
  field.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return
    const [first] = links()
    if (!first || !['ArrowDown', 'Enter'].includes(event.key)) return
    if (event.key === 'Enter' && field.value.trim() !== String(shown_for).trim()) return
    event.preventDefault()
    if (event.key === 'Enter') first.click()
    else first.focus()
  })
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const all = links()
    const at = all.indexOf(event.target)
    if (!step || at < 0) return
    event.preventDefault()
    const next = all[at + step]
    if (next) next.focus()
    else if (step < 0) field.focus()
  })
  // Found without typing here (the page itself is the answer): the first is one key away.
  if (links()[0] && document.activeElement === document.body) links()[0].focus()
}
