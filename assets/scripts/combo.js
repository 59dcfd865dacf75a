// A long list of boxes becomes one field: type the first letters or the code, arrows, Enter adds, Backspace takes away.
// The boxes stay in the page, unseen, and are what the form sends.
const plain = (text) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
const make = (tag, attributes) => {
  const element = document.createElement(tag)
  for (const name in attributes) element.setAttribute(name, attributes[name])
  return element
}
let made = 0

const upgrade = (list) => {
  const id = `combo-${++made}`
  const { combo: hint, remove, found } = list.dataset
  const offers = [...list.querySelectorAll('input')].map((box) => {
    const text = box.labels[0].textContent.trim()
    return { box, text, words: ` ${plain(text)}` }
  })
  const group = list.closest('fieldset')
  const legend = group.querySelector('legend')
  legend.id = legend.id || `${id}-name`
  const field = make('div', { class: 'combo' })
  const input = make('input', {
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-controls': id,
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    dir: 'auto',
    'aria-labelledby': legend.id,
    'aria-describedby': `${id}-hint ${group.getAttribute('aria-describedby') || ''}`.trim(),
  })
  const options = make('ul', { class: 'combo-offers', role: 'listbox', id, 'aria-labelledby': legend.id })
  const status = make('p', { class: 'form-text', id: `${id}-hint` })
  const speaker = make('p', { class: 'visually-hidden', role: 'status' })
  status.textContent = hint
  let shown = []
  let at = -1

  const close = () => {
    options.hidden = true
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
    at = -1
  }
  const mark = (next) => {
    at = next
    shown.forEach((item, index) => {
      item.setAttribute('aria-selected', String(index === at))
    })
    if (shown[at]) {
      input.setAttribute('aria-activedescendant', shown[at].id)
      shown[at].scrollIntoView({ block: 'nearest' })
    }
  }
  const pick = (offer) => {
    offer.box.checked = true
    input.value = ''
    close()
    draw()
    input.focus()
  }
  const open = () => {
    const typed = ` ${plain(input.value.trim())}`
    const fitting = offers.filter(({ box, words }) => !box.checked && words.includes(typed)).slice(0, 8)
    shown = fitting.map((offer, index) => {
      const item = make('li', { role: 'option', id: `${id}-${index}`, 'aria-selected': 'false', dir: 'auto' })
      item.textContent = offer.text
      item.addEventListener('pointerdown', (event) => event.preventDefault())
      item.addEventListener('click', () => pick(offer))
      item.offer = offer
      return item
    })
    options.replaceChildren(...shown)
    options.hidden = shown.length === 0
    input.setAttribute('aria-expanded', String(shown.length > 0))
    speaker.textContent = found.split('|')[shown.length]
    mark(shown.length > 0 && input.value.trim() ? 0 : -1)
  }
  const draw = () => {
    for (const chip of field.querySelectorAll('.combo-chosen')) chip.remove()
    for (const { box, text } of offers) {
      if (!box.checked) continue
      const chip = make('button', { type: 'button', class: 'combo-chosen', 'aria-label': `${remove} ${text}` })
      chip.textContent = `${text} ✕`
      chip.addEventListener('click', () => {
        box.checked = false
        draw()
        input.focus()
      })
      field.insertBefore(chip, input)
    }
  }

  input.addEventListener('input', open)
  input.addEventListener('blur', close)
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (options.hidden) open()
      const step = event.key === 'ArrowDown' ? 1 : -1
      if (shown.length) mark(at < 0 ? (step > 0 ? 0 : shown.length - 1) : (at + step + shown.length) % shown.length)
    } else if (event.key === 'Enter' && (at >= 0 || input.value)) {
      // Enter on half a word must not send the form.
      event.preventDefault()
      if (shown[at]) pick(shown[at].offer)
    } else if (event.key === 'Escape') close()
    else if (event.key === 'Backspace' && !input.value) {
      const last = [...field.querySelectorAll('.combo-chosen')].pop()
      if (last) last.click()
    }
  })

  options.hidden = true
  list.hidden = true
  // The list of errors leads to the first box: to the field that stands for it now.
  input.id = offers[0].box.id
  offers[0].box.removeAttribute('id')
  field.append(input, options)
  list.before(status, field, speaker)
  draw()
  // A form that came back refused puts the focus on what is wrong instead.
  if ('focus' in list.dataset && !document.querySelector('[data-summary]')) input.focus()
}

document.querySelectorAll('[data-combo]').forEach(upgrade)
