/** How a person may be reached. */
import type { Ctx } from '../../kernel/ctx.ts'
import type { contactChannels } from '../codes.ts'
import { isMinor, mayBeWrittenTo, signsFirst } from '../rules/households.ts'
import { reachable } from '../store/contacts.ts'
import { guardiansOn } from '../store/households.ts'
import { emailsOf, phonesOf, waysTo } from '../store.ts'

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
  return (await contactsOf(ctx, [person_id], day)).get(person_id) ?? null
}

/** The same for a list of people, asked once. */
export async function contactsOf(ctx: Ctx, person_ids: readonly string[], day: string) {
  if (person_ids.length === 0) return new Map<string, Contact | null>()
  const people = await reachable(ctx, person_ids)
  const bornOf = (files: readonly File[]) => files.find((file) => file.born)?.born ?? null
  const minors = [...people.values()].filter((files) => isMinor(bornOf(files), day)).flat()
  const signers = minors.length > 0 ? await guardiansOn(ctx, idsOf(minors), day) : []
  const guardians = signers.flatMap(({ guardian_id }) => guardian_id ?? [])
  const theirs = guardians.length > 0 ? await reachable(ctx, guardians) : new Map<string, File[]>()
  const reached = idsOf([...people.values(), ...theirs.values()].flat())
  const known = reached.length > 0 ? await waysTo(ctx, reached) : { phones: [], emails: [], languages: [] }

  const contactIn = (files: readonly File[]): Contact | null => {
    // One file that says so is enough: the danger is the same under another spelling.
    if (files.length === 0 || files.some((file) => !file.contact_safe)) return null
    const own = ownContact(files, known)
    const born = bornOf(files)
    if (!isMinor(born, day)) return own
    const signing = signers.filter(({ person_id }) => files.some(({ id }) => id === person_id)).sort(signsFirst)
    for (const { guardian_id, ...told } of signing) {
      const found = guardian_id
        ? adultContact(theirs.get(guardian_id) ?? [], known)
        : chosen(
            null,
            told.phone && (told.phone_e164 ?? told.phone),
            told.email,
            told.language ?? own?.language ?? 'it',
          )
      if (found) return { ...found, whose: 'guardian' }
    }
    return signing.length === 0 && mayBeWrittenTo(born, day) ? own : null
  }
  return new Map(person_ids.map((id) => [id, contactIn(people.get(id) ?? [])]))
}
type File = { id: string; born: string | null; channel: string | null; contact_safe: boolean }
const idsOf = (files: readonly File[]) => [...new Set(files.map(({ id }) => id))]

/** What stands on a paper the person carries away, such as a CV. Where the contact is not safe, no way to reach them: papers lie about. */
export async function contactsToPrint(ctx: Ctx, person_id: string) {
  const files = (await reachable(ctx, [person_id])).get(person_id) ?? []
  const comune = files.find((file) => file.comune)?.comune ?? null
  if (files.length === 0 || files.some((file) => !file.contact_safe)) return { comune, phone: null, email: null }
  const ids = files.map((file) => file.id)
  const [phone] = await phonesOf(ctx, ids)
  const [email] = await emailsOf(ctx, ids)
  return { comune, phone: (phone && (phone.e164 ?? phone.typed)) ?? null, email: email?.address ?? null }
}

const adultContact = (files: readonly File[], known: Ways) =>
  files.length === 0 || files.some((file) => !file.contact_safe) ? null : ownContact(files, known)

type Ways = Awaited<ReturnType<typeof waysTo>>

function ownContact(files: readonly File[], { phones, emails, languages }: Ways) {
  const own = ({ person_id }: { person_id: string }) => files.some(({ id }) => id === person_id)
  const phone = phones.find(own)
  const known = languages.filter(own)
  const language = known.find((one) => one.use === 'reads') ?? known.find((one) => one.use === 'speaks')
  const wished = files.find((file) => file.channel)?.channel ?? null
  return chosen(wished, phone && (phone.e164 ?? phone.typed), emails.find(own)?.address, language?.language ?? 'it')
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
