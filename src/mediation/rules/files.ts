/** What a file is, by its first bytes: its name and what the browser says of it are not believed. */
export function fileKind(bytes: Uint8Array) {
  const starts = (...wanted: number[]) => wanted.every((byte, at) => bytes[at] === byte)
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'application/pdf'
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'image/png'
  if (starts(0x50, 0x4b, 0x03, 0x04) && Buffer.from(bytes).includes('word/document.xml'))
    return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  return undefined
}
