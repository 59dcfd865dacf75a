// Reads a text aloud where the device has a voice for its language; elsewhere there is no button.
const speech = window.speechSynthesis

function offer() {
  for (const text of document.querySelectorAll('[data-listen]:not([data-offered])')) {
    const lang = text.closest('[lang]').lang
    const voice = speech.getVoices().find((one) => one.lang.toLowerCase().startsWith(lang))
    if (!voice) continue
    text.dataset.offered = ''
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'btn btn-outline-primary listen'
    button.textContent = text.dataset.listen
    button.addEventListener('click', () => {
      const reading = speech.speaking
      speech.cancel()
      if (reading) return
      const words = new SpeechSynthesisUtterance(text.textContent)
      words.voice = voice
      words.lang = voice.lang
      words.onend = words.onerror = () => {
        button.textContent = text.dataset.listen
      }
      button.textContent = text.dataset.stop
      speech.speak(words)
    })
    text.before(button)
  }
}

if (speech) {
  offer()
  // Voices arrive when the device has found them.
  speech.addEventListener?.('voiceschanged', offer)
  addEventListener('pagehide', () => speech.cancel())
}
