// Leaving a form that has been written in asks first. Nothing typed is kept on the computer: desks are shared.
let written = false
document.addEventListener('input', (event) => {
  if (event.target.closest('[data-form]')) written = true
})
document.addEventListener('submit', (event) => {
  // What htmx sends leaves the page, and what is written in it, where it is.
  if (!event.defaultPrevented) written = false
})
window.addEventListener('beforeunload', (event) => {
  if (written) event.preventDefault()
})
