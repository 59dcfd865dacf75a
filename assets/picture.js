// A photograph is made small before it is sent: narrower and coarser until it weighs what the field allows. What the camera
// wrote into it stays behind. Where this fails the server says what is wrong.
const encoded = (canvas, quality) =>
  new Promise((done) =>
    canvas.toBlob(
      (blob) => (blob && blob.type === 'image/webp' ? done(blob) : canvas.toBlob(done, 'image/jpeg', quality)),
      'image/webp',
      quality,
    ),
  )

async function smaller(file, most) {
  const image = await createImageBitmap(file)
  const canvas = document.createElement('canvas')
  for (let width = Math.min(960, image.width); width >= 200; width = Math.floor(width * 0.8)) {
    canvas.width = width
    canvas.height = Math.round((image.height * width) / image.width)
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height)
    for (const quality of [0.8, 0.65, 0.5]) {
      const blob = await encoded(canvas, quality)
      if (blob && blob.size <= most) return blob
    }
  }
  return undefined
}

for (const field of document.querySelectorAll('input[type=file][data-weight]')) {
  let made
  field.addEventListener('change', async () => {
    const [file] = field.files
    if (!file || file === made) return
    try {
      const blob = await smaller(file, Number(field.dataset.weight))
      if (!blob) return
      made = new File([blob], `${file.name.replace(/\.\w+$/, '')}.${blob.type.split('/')[1]}`, { type: blob.type })
      const files = new DataTransfer()
      files.items.add(made)
      field.files = files.files
    } catch {}
  })
}
