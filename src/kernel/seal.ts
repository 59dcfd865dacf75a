import { createHmac } from 'node:crypto'

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Ten letters and digits (50 bits): short enough for a small QR, and nobody prints our papers by guessing. */
export function openSeal(secret: string) {
  return (text: string) => {
    const digest = createHmac('sha256', secret).update('seal:').update(text).digest()
    return Array.from(digest.subarray(0, 10), (byte) => letters[byte % 32]).join('')
  }
}
