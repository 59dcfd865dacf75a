import { clean } from './letters.ts'
import { remember } from './remember.ts'

// Nobody dials fewer; what is shorter is an extension or a slip.
const LEAST_DIGITS = 6

/** The digits by which two spellings of one phone number are compared; nothing when it is no number. */
export const phoneDigits = remember((phone): string | undefined => {
  const digits = clean(phone).replace(/\D/g, '').replace(/^00/, '')
  // 39 is also how Italian mobile numbers may begin, so it is a prefix only when the rest is long enough.
  const national = digits.length > 10 ? digits.replace(/^39(?=\d{9,})/, '') : digits
  if (national.length < LEAST_DIGITS || /^(\d)\1+$/.test(national) || '01234567890'.includes(national)) return undefined
  return national
})

export function samePhone(a: string[], b: string[]): boolean {
  const known = new Set(a.flatMap((phone) => phoneDigits(phone) ?? []).map(lastNine))
  return b.some((phone) => known.has(lastNine(phoneDigits(phone) ?? '-')))
}

export const lastNine = (digits: string) => digits.slice(-9)

/** A number of a title of stay, or nothing when it holds too little to tell anybody apart («in rinnovo», «1»). */
export const titleNumber = remember((number): string | undefined => {
  const bare = clean(number)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
  return (bare.match(/\d/g) ?? []).length >= 5 && !/^[A-Z]*(\d)\1+$/.test(bare) ? bare : undefined
})

export function sameTitle(a: string[], b: string[]): boolean {
  const known = new Set(a.flatMap((number) => titleNumber(number) ?? []))
  return b.some((number) => known.has(titleNumber(number) ?? '-'))
}
