// What is unfolded to be written in is written in at once.
for (const fold of document.querySelectorAll('[data-unfold]'))
  fold.addEventListener('toggle', () => {
    if (fold.open) fold.querySelector('[role=combobox], input:not([type=hidden]), textarea, select')?.focus()
  })
