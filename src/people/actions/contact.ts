/** How a person may be reached. */
import type { Ctx } from '../../kernel/ctx.ts'
import type { contactChannels } from '../codes.ts'
import { isMinor, mayBeWrittenTo, signsFirst } from '../rules/households.ts'
import { reachable } from '../store/contacts.ts'
import { type Guardian, guardiansOn } from '../store/households.ts'
import { emailsOf, languagesOf, phonesOf } from '../store.ts'

export type Contact = {
  channel: (typeof contactChannels)[number]
  /** An E.164 number where it can be read as one, or an address; paper has neither. */
  to: string | null
  language: string
  /** Of whom: until 18 it is whoever signs. */
  whose: 'own' | 'guardian'
}

/**
 * The one question before any message: nothing leaves for a person without its answer. Null: nobody may be written to,
 * because the contact is not safe, nothing is known, the person is erased, or a child has nobody who signs.
 */
export async function contactOf(ctx: Ctx, person_id: string, day: string): Promise<Contact | null> {
  const files = await reachable(ctx, person_id)
  // One file that says so is enough: the danger is the same under another spelling.
  if (files.length === 0 || files.some((file) => !file.contact_safe)) return null
  const ids = files.map((file) => file.id)
  const born = files.find((file) => file.born)?.born ?? null
  const own = await ownContact(ctx, files)
  if (!isMinor(born, day)) return own
  const signers = (await guardiansOn(ctx, ids, day)).sort(signsFirst)
  for (const signer of signers) {
    const found = await contactOfSigner(ctx, signer, own?.language ?? 'it')
    if (found) return { ...found, whose: 'guardian' }
  }
  return signers.length === 0 && mayBeWrittenTo(born, day) ? own : null
}

/** What stands on a paper the person carries away, such as a CV. Where the contact is not safe, no way to reach them: papers lie about. */
export async function contactsToPrint(ctx: Ctx, person_id: string) {
  const files = await reachable(ctx, person_id)
  const comune = files.find((file) => file.comune)?.comune ?? null
  if (files.length === 0 || files.some((file) => !file.contact_safe)) return { comune, phone: null, email: null }
  const ids = files.map((file) => file.id)
  const [phone] = await phonesOf(ctx, ids)
  const [email] = await emailsOf(ctx, ids)
  return { comune, phone: (phone && (phone.e164 ?? phone.typed)) ?? null, email: email?.address ?? null }
}

async function contactOfSigner(ctx: Ctx, { guardian_id, ...known }: Guardian, minors_language: string) {
  if (guardian_id) {
    const files = await reachable(ctx, guardian_id)
    return files.length === 0 || files.some((file) => !file.contact_safe) ? null : ownContact(ctx, files)
  }
  return chosen(null, known.phone && (known.phone_e164 ?? known.phone), known.email, known.language ?? minors_language)
}

async function ownContact(ctx: Ctx, files: Awaited<ReturnType<typeof reachable>>) {
  const ids = files.map((file) => file.id)
  const [phone] = await phonesOf(ctx, ids)
  const [email] = await emailsOf(ctx, ids)
  const languages = await languagesOf(ctx, ids)
  const language = languages.find((one) => one.use === 'reads') ?? languages.find((one) => one.use === 'speaks')
  const wished = files.find((file) => file.channel)?.channel ?? null
  return chosen(wished, phone && (phone.e164 ?? phone.typed), email?.address, language?.language ?? 'it')
}

/** The channel the person asked for when it can be used, else what there is. */
function chosen(
  wished: string | null,
  phone: string | null | undefined,
  email: string | null | undefined,
  language: string,
): Contact | null {
  const rest = { language, whose: 'own' } as const
  if (wished === 'paper') return { channel: 'paper', to: null, ...rest }
  if (wished === 'email' && email) return { channel: 'email', to: email, ...rest }
  if (phone) return { channel: isSpoken(wished) ? wished : 'sms', to: phone, ...rest }
  return email ? { channel: 'email', to: email, ...rest } : null
}
const isSpoken = (wished: string | null): wished is 'call' | 'sms' | 'whatsapp' =>
  wished === 'call' || wished === 'sms' || wished === 'whatsapp'
