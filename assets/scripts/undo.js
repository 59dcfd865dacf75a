// The offer to undo goes when its time is over, unless somebody is about to press it.
for (const offer of document.querySelectorAll('[data-undo]')) {
  const go = () => (offer.matches(':hover, :focus-within') ? setTimeout(go, 1000) : offer.remove())
  setTimeout(go, Number(offer.dataset.undo) * 1000)
}
