/** What can be done with persons, and what other modules may ask about them. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { looked } from '../kernel/audit.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { allow, Conflict, NotFound, refuse } from '../kernel/errors.ts'
import { announce } from '../kernel/events.ts'
import { citizenshipGroup } from '../territory/actions.ts'
import { refile } from './actions/duplicates.ts'
import { type HeadLine, headLines } from './actions/head-lines.ts'
import { isSensitive, matrixDefaults, undecidedKind } from './codes.ts'
import { filesChanged, personCreated, standingChanged } from './events.ts'

export { type AtAGlance, atAGlance } from './actions/at-a-glance.ts'
export { type Contact, contactOf, contactsOf, contactsToPrint } from './actions/contact.ts'
export { findPeople } from './actions/finding.ts'
export { type HeadLine, headLines } from './actions/head-lines.ts'
export {
  endGuardian,
  householdOf,
  joinHousehold,
  leaveHousehold,
  signersOf,
  tieGuardian,
} from './actions/households.ts'
export { newPersonForm } from './forms.ts'
export type { Title } from './store.ts'

import type { MissingInput, NewPerson, PersonInput, TitleInput } from './forms.ts'
import {
  birthOf,
  birthProblem,
  type Missing,
  may,
  missingErrors,
  newPersonErrors,
  scriptOf,
  taxCode,
  titleErrors,
} from './rules.ts'
import * as store from './store.ts'

// --- creating and completing ----------------------------------------------------------------------------------------

/** One name is enough; what is missing to be countable is a list to complete later, never a wall. */
export async function createPerson(ctx: Ctx, input: NewPerson, options: { demo?: boolean } = {}) {
  allow(ctx.actor.can(may.write))
  refuse(newPersonErrors(input, ctx.today))
  const id = await store.insertPerson(ctx, {
    ...birthColumns(input.born, ctx.today),
    gender: input.gender ?? null,
    comune: input.comune ?? null,
    demo: options.demo ?? false,
  })
  await writeNames(ctx, id, input)
  if (input.citizenship) await addCitizenship(ctx, id, input.citizenship, null)
  if (input.phone) await store.insertPhone(ctx, id, input.phone, e164(input.phone))
  if (input.email) await store.insertEmail(ctx, id, input.email)
  if (input.speaks) await store.insertLanguage(ctx, id, input.speaks, 'speaks')
  await reindex(ctx, id)
  announce(ctx, personCreated, { person_id: id, on: ctx.today })
  return id
}

async function writeNames(
  ctx: Ctx,
  id: string,
  { surname = '', given_names = '', original_name = '' }: Pick<NewPerson, 'surname' | 'given_names' | 'original_name'>,
) {
  if (surname || given_names)
    await store.insertName(ctx, id, {
      kind: 'main',
      surname,
      given_names,
      script: scriptOf(`${surname}${given_names}`),
    })
  if (!original_name) return
  const kind = surname || given_names ? 'original' : 'main'
  await store.insertName(ctx, id, { kind, surname: '', given_names: original_name, script: scriptOf(original_name) })
}

/** Corrects what is known of a person; the value before is kept. */
export async function editPerson(ctx: Ctx, id: string, input: PersonInput) {
  const person = await store.lockPerson(ctx, id)
  allow(ctx.actor.can(may.write))
  refuse(newPersonErrors(input, ctx.today))
  await store.updatePerson(ctx, person, {
    ...(input.born ? birthColumns(input.born, ctx.today) : {}),
    gender: input.gender ?? person.gender,
    comune: input.comune ?? person.comune,
    country_of_birth: input.country_of_birth ?? person.country_of_birth,
    tax_code: input.tax_code ? taxCode(input.tax_code) : person.tax_code,
    reads: input.reads ?? person.reads,
    arrived_year: input.arrived_year ?? person.arrived_year,
    channel: input.channel ?? person.channel,
    contact_safe: !input.contact_unsafe,
  })
  await replaceNames(ctx, id, input)
  const [phone] = await store.phonesOf(ctx, [id])
  if (input.phone && input.phone !== phone?.typed) {
    await store.endPhones(ctx, id)
    await store.insertPhone(ctx, id, input.phone, e164(input.phone))
  }
  const [email] = await store.emailsOf(ctx, [id])
  if (input.email && input.email.toLowerCase() !== email?.address) {
    await store.endEmails(ctx, id)
    await store.insertEmail(ctx, id, input.email)
  }
  const known = await store.citizenshipsOf(ctx, [id])
  if (input.citizenship && !known.some((one) => one.country === input.citizenship))
    await addCitizenship(ctx, id, input.citizenship, null)
  if (input.speaks) await store.insertLanguage(ctx, id, input.speaks, 'speaks')
  await reindex(ctx, id)
  announce(ctx, standingChanged, { person_id: id })
}

async function replaceNames(ctx: Ctx, id: string, input: PersonInput) {
  const names = await store.namesOf(ctx, [id])
  const main = names.find((name) => name.kind === 'main')
  const { surname = '', given_names = '', original_name = '' } = input
  if ((surname || given_names) && (main?.surname !== surname || main.given_names !== given_names)) {
    await store.endNames(ctx, id, 'main')
    await store.insertName(ctx, id, {
      kind: 'main',
      surname,
      given_names,
      script: scriptOf(`${surname}${given_names}`),
    })
    if (main) await store.insertName(ctx, id, { ...main, kind: 'other' })
  }
  if (original_name && !names.some((name) => name.kind === 'original' && name.given_names === original_name)) {
    await store.endNames(ctx, id, 'original')
    await store.insertName(ctx, id, {
      kind: 'original',
      surname: '',
      given_names: original_name,
      script: scriptOf(original_name),
    })
  }
}

/** Another spelling, heard or read somewhere; the main name stays. */
export async function addName(
  ctx: Ctx,
  id: string,
  { surname = '', given_names = '' }: { surname?: string; given_names?: string },
) {
  await store.lockPerson(ctx, id)
  allow(ctx.actor.can(may.write))
  refuse({ ...(!surname && !given_names && { given_names: 'people.error.no_name' as const }) })
  await store.insertName(ctx, id, { kind: 'other', surname, given_names, script: scriptOf(`${surname}${given_names}`) })
  await reindex(ctx, id)
}

/** A citizenship from a day on; an earlier one stays, dated, so that the count of the days before stays too. */
export async function recordCitizenship(ctx: Ctx, id: string, country: string, since: string | null) {
  await store.lockPerson(ctx, id)
  allow(ctx.actor.can(may.write))
  await addCitizenship(ctx, id, country, since)
  announce(ctx, standingChanged, { person_id: id })
}

async function addCitizenship(ctx: Ctx, id: string, country: string, since: string | null) {
  const group = citizenshipGroup(country)
  refuse({
    ...(!group && { citizenship: 'kernel.form.not_a_choice' as const, country: 'kernel.form.not_a_choice' as const }),
  })
  await store.insertCitizenship(ctx, id, {
    country,
    belongs: country === 'IT' ? 'it' : group === 'eu' || group === 'eea_ch' ? 'eu' : 'third',
    since,
  })
}

/** A title of stay as seen or declared today. */
export async function recordTitle(ctx: Ctx, id: string, input: TitleInput, corrects: string | null = null) {
  await store.lockPerson(ctx, id)
  allow(ctx.actor.can(may.write))
  refuse(titleErrors(input))
  if (corrects && !(await store.titlesOf(ctx, [id])).some((title) => title.id === corrects)) throw new NotFound()
  const { kind, status, number = null, issued_on = null, expires_on = null } = input
  const title = await store.insertTitle(ctx, id, {
    kind,
    status,
    number,
    issued_on,
    expires_on,
    seen_on: input.seen ? ctx.today : null,
    corrects,
  })
  await reindex(ctx, id)
  announce(ctx, standingChanged, { person_id: id })
  return title
}

/** The privacy notice was given: in which language and how; no consent is asked (domain.md §6.2). */
export async function giveNotice(ctx: Ctx, id: string, { language, how }: { language: string; how: string }) {
  await store.lockPerson(ctx, id)
  allow(ctx.actor.can(may.write))
  await store.insertNotice(ctx, id, { given_on: ctx.today, language, how })
  announce(ctx, standingChanged, { person_id: id })
}

/** Completes the one thing that keeps a person from counting. */
export async function completeMissing(ctx: Ctx, id: string, what: Missing, input: MissingInput) {
  const person = await store.lockPerson(ctx, id)
  allow(ctx.actor.can(may.write))
  refuse(missingErrors(what, input, ctx.today))
  if (input.born) await store.updatePerson(ctx, person, birthColumns(input.born, ctx.today))
  if (input.gender) await store.updatePerson(ctx, person, { gender: input.gender })
  if (what === 'citizenship_unknown' && input.citizenship) await addCitizenship(ctx, id, input.citizenship, null)
  if (what === 'kind_to_decide') await tellKind(ctx, id, input.kind)
  else if (input.kind && input.status)
    await recordTitle(ctx, id, {
      ...input,
      kind: input.kind,
      status: input.status,
      seen: input.status !== 'NON_ESIBITO',
    })
  if (input.language && input.how) await giveNotice(ctx, id, { language: input.language, how: input.how })
  if (input.born) await reindex(ctx, id)
  announce(ctx, standingChanged, { person_id: id })
}

/** The title of a person of which nobody could tell the kind; undefined where the office has to decide, not the desk. */
export async function undecidedTitle(ctx: Ctx, id: string) {
  const { ids } = await store.filesOf(ctx, id)
  allow(ctx.actor.can(may.write))
  looked(ctx, { what: 'people.file', person_id: id })
  const titles = await store.titlesOf(ctx, ids)
  return titles.findLast(({ kind }) => kind === undecidedKind)
}

async function tellKind(ctx: Ctx, id: string, kind = undecidedKind) {
  const title = await undecidedTitle(ctx, id)
  if (!title) throw new Conflict()
  const { person_id, status, number, issued_on, expires_on, seen_on, as_written } = title
  const known = { status, number, issued_on, expires_on, seen_on, as_written }
  await store.insertTitle(ctx, person_id, { ...known, kind, corrects: title.id })
}

function birthColumns(typed: string | undefined, today: string) {
  const birth = birthOf(typed, today)
  if (typeof birth === 'string') refuse({ born: birthProblem(typed, today) })
  return birth === null || typeof birth === 'string' ? {} : birth
}

const e164 = (typed: string) => parsePhoneNumberFromString(typed, 'IT')?.number ?? null

// --- finding --------------------------------------------------------------------------------------------------------

/** A name, birth, phone or number has changed: the person is found by it, and may turn out to be known under another. */
async function reindex(ctx: Ctx, id: string) {
  await refile(ctx, [id])
  announce(ctx, filesChanged, { person_ids: [id] })
}

/** The values of a person's form as they stand; reading them is recorded. */
export async function editableValues(ctx: Ctx, id: string): Promise<Partial<Record<keyof PersonInput, string>>> {
  const person = await store.findPerson(ctx, id)
  allow(ctx.actor.can(may.write))
  looked(ctx, { what: 'people.file', person_id: id })
  const names = await store.namesOf(ctx, [id])
  const main = names.find((name) => name.kind === 'main')
  const year = person.born_precision === 'year'
  const values = {
    surname: main?.surname,
    given_names: main?.given_names,
    original_name: names.find((name) => name.kind === 'original')?.given_names,
    born: person.born && (year ? person.born.slice(0, 4) : person.born.split('-').reverse().join('/')),
    gender: person.gender,
    citizenship: (await store.citizenshipsOf(ctx, [id])).at(-1)?.country,
    comune: person.comune,
    phone: (await store.phonesOf(ctx, [id]))[0]?.typed,
    email: (await store.emailsOf(ctx, [id]))[0]?.address,
    speaks: (await store.languagesOf(ctx, [id])).find((one) => one.use === 'speaks')?.language,
    tax_code: person.tax_code,
    reads: person.reads,
    arrived_year: person.arrived_year?.toString(),
    country_of_birth: person.country_of_birth,
    channel: person.channel,
    contact_unsafe: person.contact_safe ? '' : '1',
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as never
}

/** A title as it stands; a kind that only the lawyer may see is asked again. Reading it is recorded. */
export async function titleValues(
  ctx: Ctx,
  id: string,
  title_id: string,
): Promise<Partial<Record<keyof TitleInput, string>>> {
  const title = (await store.titlesOf(ctx, [id])).find((one) => one.id === title_id)
  if (!title) throw new NotFound()
  allow(ctx.actor.can(may.write))
  looked(ctx, { what: 'people.file', person_id: id })
  const { status, number, issued_on, expires_on, seen_on } = title
  const kind = ctx.actor.can(may.see_sensitive_titles) || !isSensitive(title.kind) ? title.kind : null
  return Object.fromEntries(
    Object.entries({ kind, status, number, issued_on, expires_on, seen: seen_on && '1' }).filter(([, value]) => value),
  ) as never
}

// --- asking ---------------------------------------------------------------------------------------------------------

/** A person's whole file; reading it is recorded. */
export async function openFile(ctx: Ctx, id: string) {
  const { person, files, ids: members } = await store.filesOf(ctx, id)
  allow(ctx.actor.can(may.open_file))
  const [head] = (await headLines(ctx, [id])) as [HeadLine]
  looked(ctx, { what: 'people.file', person_id: id })
  const { languages, citizenships, ...particulars } = await store.particularsOf(ctx, members)
  return {
    person: { ...knownOfAll(person, files), born: head.born, gender: head.gender },
    members,
    head,
    ...particulars,
    languages: once(languages, ({ language, use }) => `${use} ${language}`),
    citizenships: once(citizenships, ({ country, since }) => `${country} ${since}`),
    sees_kinds: ctx.actor.can(may.see_sensitive_titles),
  }
}
export type PersonFile = Awaited<ReturnType<typeof openFile>>

/** What one file leaves open another that is the same person may know; unsafe to write to is who is so in any of them. */
function knownOfAll(person: store.Person, files: readonly store.Person[]) {
  const known = <Key extends 'comune' | 'tax_code' | 'reads'>(key: Key) =>
    person[key] ?? files.find((file) => file[key] !== null)?.[key] ?? null
  return {
    ...person,
    comune: known('comune'),
    tax_code: known('tax_code'),
    reads: known('reads'),
    contact_safe: files.every((file) => file.contact_safe),
  }
}

const once = <Row>(rows: readonly Row[], key: (row: Row) => string) =>
  [...new Map(rows.toReversed().map((row) => [key(row), row])).values()].toReversed()

/** Where a person stands towards the fund on a day: the verdict and, unless yes, the first reason. */
export async function standingOn(ctx: Ctx, id: string, day: string) {
  const [row] = await store.standingOf(ctx, [id], day)
  return row ?? { person_id: id, canonical_id: id, verdict: 'no', reason: 'citizenship_unknown' }
}

/** What keeps the person from counting and could be asked, the cheapest to answer first; nothing for those who never count. */
export async function missingOf(ctx: Ctx, id: string): Promise<Missing[]> {
  const { files: persons, ids: members } = await store.filesOf(ctx, id)
  const { reason } = await standingOn(ctx, id, ctx.today)
  if (reason === null || reason === 'eu_or_italian') return []
  const missing: Missing[] = []
  if (!persons.some((person) => person.gender)) missing.push('gender_unknown')
  if (reason === 'citizenship_unknown') missing.push('citizenship_unknown')
  if (!persons.some((person) => person.born)) missing.push('birth_unknown')
  if ((await store.noticesOf(ctx, members)).length === 0) missing.push('notice_not_given')
  const titles = await store.titlesOf(ctx, members)
  if (!titles.some((title) => title.seen_on)) missing.push('title_not_shown')
  else if (reason === 'title_not_covering') missing.push(reason)
  else if (reason === 'kind_to_decide' && titles.some(({ kind }) => kind === undecidedKind)) missing.push(reason)
  return missing
}

export const findPerson = store.findPerson
/** All files that are this one person. */
export const filesOfPerson = store.filesOfPerson
/** For whoever counts people: files merged into one are one. */
export const canonicalIds = store.canonicalIds

// --- the matrix -----------------------------------------------------------------------------------------------------

export async function eligibilityMatrix(ctx: Ctx) {
  allow(ctx.actor.can(may.see_matrix))
  return store.matrixOn(ctx, ctx.today)
}

/** A new dated line; the lines before it stay, and so do the figures already frozen. */
export async function changeEligibility(
  ctx: Ctx,
  about: 'kind' | 'status',
  code: string,
  { verdict, since, note }: { verdict: string; since: string; note?: string },
) {
  allow(ctx.actor.can(may.change_matrix))
  refuse({ ...(verdict === 'as_kind' && about === 'kind' && { verdict: 'kernel.form.not_a_choice' as const }) })
  await store.insertMatrixLines(ctx, [{ about, code, verdict, since, note: note ?? '' }])
}

/** The matrix every Ambito starts with; each line is dated from ever. */
export const foundMatrix = (ctx: Ctx) =>
  store.insertMatrixLines(
    ctx,
    matrixDefaults.map((line) => ({ ...line, since: null })),
  )

/** What proves that a person counts, for those who check the claim: the titles seen, never of which kind, and the notices given. */
export async function papersOf(ctx: Ctx, id: string) {
  const { ids: members } = await store.filesOf(ctx, id)
  const titles = (await store.titlesOf(ctx, members)).filter((title) => title.seen_on !== null)
  return {
    titles: titles.map(({ seen_on, seen_by, issued_on, expires_on }) => ({ seen_on, seen_by, issued_on, expires_on })),
    notices: await store.noticesOf(ctx, members),
  }
}

// --- in sums --------------------------------------------------------------------------------------------------------

export { sharesOf, thoseOf } from './store/shares.ts'

// --- registers and duplicates ---------------------------------------------------------------------------------------

export {
  type ComparedPair,
  type Decision,
  decidePair,
  duplicatesOfRegisters,
  duplicatesToday,
  type Merge,
  mergePersons,
  mergesOf,
  type OpenPair,
  openPair,
  undecidedAmong,
  undoMerge,
} from './actions/duplicates.ts'
export { joinPersons, peopleRegister, personColumns, personsBefore, readPersons } from './actions/registers.ts'
export { splitRow } from './actions/splitting.ts'
