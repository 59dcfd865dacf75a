/** The second factor: codes of an app on the phone (RFC 6238), and recovery codes for when the phone is gone. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { generateSecret, generateSync, generateURI } from 'otplib'

const seconds = 30

export const newSecret = () => generateSecret({ length: 20 })
export const stepOf = (now: Temporal.Instant) => Math.floor(now.epochMilliseconds / 1000 / seconds)
export const codeAt = (secret: string, step: number) => generateSync({ secret, epoch: step * seconds })

/**
 * The step a code belongs to: the current one, or the one before for whoever was typing when it changed. A step that was
 * already used opens nothing.
 */
export function stepOfCode(secret: string, code: string, now: Temporal.Instant, last_step: number) {
  const current = stepOf(now)
  return [current, current - 1].find((step) => step > last_step && same(codeAt(secret, step), code))
}

const same = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

export const addressForApp = (secret: string, email: string) =>
  generateURI({ issuer: "Lab'Impact", label: email, secret })
export const inGroups = (text: string) => text.match(/.{1,4}/g)?.join(' ') ?? ''

// Without I, L, O, U: nothing that is misread from paper.
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const letters_of_code = 24

/** 24 letters of 5 bits, drawn evenly: 120 bits, so that a plain hash keeps them safe. */
export const newRecoveryCode = () => Array.from(randomBytes(letters_of_code), (byte) => letters[byte & 31]).join('')
export const newRecoveryCodes = () => Array.from({ length: 8 }, newRecoveryCode)

/** What was typed, whatever the case, spaces and dashes; undefined when it cannot be a recovery code. */
export function recoveryCodeIn(typed: string) {
  const code = typed
    .toUpperCase()
    .replaceAll(/[\s\-–]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return code.length === letters_of_code && [...code].every((letter) => letters.includes(letter)) ? code : undefined
}
export const hashOfCode = (code: string) => createHash('sha256').update(code).digest()
