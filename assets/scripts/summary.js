// A refused form: the list of what is wrong is heard first, and each line leads into its field.
const summary = document.querySelector('[data-summary]')
if (summary) summary.focus()
