// Ctrl+Enter sends the form one is in, `/` goes to the search, one letter presses the link or button that shows it.
// Letters can be switched off (speech users trigger them by accident); the choice stays on this computer.
const off = () => localStorage.getItem('keys') === 'off'

const typing = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)

document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    const form =
      event.target.closest?.('[data-form]') ||
      [...document.querySelectorAll('main [data-form]')].find((one) => one.offsetParent)
    const button = form?.querySelector('[data-submit]')
    if (button) {
      event.preventDefault()
      button.click()
    }
    return
  }
  if (off() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(event.target)) return
  if (event.key === '/') {
    const search = document.querySelector('[data-search]')
    if (search) {
      event.preventDefault()
      search.focus()
      search.select()
    }
  } else if (/^[a-z]$/i.test(event.key)) {
    const target = document.querySelector(`[data-key="${event.key.toLowerCase()}"]`)
    if (target) {
      event.preventDefault()
      if (typing(target)) target.focus()
      else target.click()
    }
  }
})

const list = document.querySelector('[data-keys]')
const button = document.querySelector('[data-keys-switch]')
const show = () => {
  list.hidden = off()
  button.textContent = off() ? button.dataset.off : button.dataset.on
}
if (list && button) {
  button.hidden = false
  show()
  button.addEventListener('click', () => {
    localStorage.setItem('keys', off() ? 'on' : 'off')
    show()
  })
}
