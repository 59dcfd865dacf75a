// What htmx sent and was not done is sent again by the browser itself, which then shows the page that says why.
document.addEventListener('htmx:responseError', ({ detail }) => {
  if (detail.elt.method === 'post' && detail.requestConfig.triggeringEvent?.type === 'submit') detail.elt.submit()
})
