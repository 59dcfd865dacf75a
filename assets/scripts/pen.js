// A field to sign in with a finger: what is drawn goes along as strokes of points on 600 by 200.
const [wide, high] = [600, 200]

for (const pen of document.querySelectorAll('[data-pen]')) {
  const kept = pen.querySelector('input')
  const paper = document.createElement('canvas')
  paper.width = wide
  paper.height = high
  paper.className = 'pen-paper'
  paper.setAttribute('role', 'img')
  paper.setAttribute('aria-label', pen.dataset.pen)
  const ink = paper.getContext('2d')
  ink.lineWidth = 4
  ink.lineCap = 'round'
  ink.lineJoin = 'round'
  let strokes = kept.value
    ? kept.value.split(';').map((stroke) => stroke.split(' ').map((point) => point.split(',').map(Number)))
    : []

  const again = () => {
    ink.clearRect(0, 0, wide, high)
    for (const stroke of strokes) {
      ink.beginPath()
      for (const [x, y] of stroke) ink.lineTo(x, y)
      ink.stroke()
    }
    kept.value = strokes.map((stroke) => stroke.map((point) => point.join(',')).join(' ')).join(';')
  }
  const within = (value, most) => Math.max(0, Math.min(most - 1, Math.round(value)))
  const pointOf = (event) => {
    const box = paper.getBoundingClientRect()
    return [
      within(((event.clientX - box.left) / box.width) * wide, wide),
      within(((event.clientY - box.top) / box.height) * high, high),
    ]
  }
  paper.addEventListener('pointerdown', (event) => {
    // More than anybody's name takes would be refused by the form.
    if (kept.value.length > 25000) return
    paper.setPointerCapture(event.pointerId)
    strokes.push([pointOf(event)])
  })
  paper.addEventListener('pointermove', (event) => {
    if (!paper.hasPointerCapture(event.pointerId)) return
    const stroke = strokes[strokes.length - 1]
    const [x, y] = pointOf(event)
    const [before_x, before_y] = stroke[stroke.length - 1]
    if (Math.hypot(x - before_x, y - before_y) < 3) return
    stroke.push([x, y])
    again()
  })

  const clear = document.createElement('button')
  clear.type = 'button'
  clear.className = 'btn btn-link'
  clear.textContent = pen.dataset.clear
  clear.addEventListener('click', () => {
    strokes = []
    again()
  })
  pen.querySelector('p').replaceWith(paper, clear)
  again()
}
