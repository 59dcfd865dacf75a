/** Enrolling without account and by the staff, answering an offer, leaving, moving to another edition. */
import { past, readDay } from '../../kernel/cells.ts'
import { instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { announce, job, later } from '../../kernel/events.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import type { Limit } from '../../kernel/limits.ts'
import { singleAddress } from '../../kernel/mail.ts'
import { contactOf, createPerson, findPerson, giveNotice, tieGuardian } from '../../people/actions.ts'
import { comuni, countryCalled, organisations } from '../../territory/actions.ts'
import { isForStaff } from '../codes.ts'
import { enrolled } from '../events.ts'
import type { EnrolInput, TraineeInput } from '../forms.ts'
import { factsOf } from '../rules/facts.ts'
import { may } from '../rules/may.ts'
import { mayComeBack, mayWithdraw } from '../rules/states.ts'
import * as editions from '../store/editions.ts'
import * as store from '../store/enrolments.ts'
import { findLink } from '../store/links.ts'
import { ratingsOf } from '../store/ratings.ts'
import { open } from '../urls.ts'
import { maySee } from './editions.ts'
import { statusLink } from './letters.ts'
import { announceRated } from './outcomes.ts'
import { offerNext, offerSeat, putInList, seatThem, settle } from './places.ts'
import { announceAttended } from './register.ts'

/** A school has one address for a whole class, and a telephone company one for thousands. */
export const enrolLimit: Limit = { name: 'courses.enrol', points: 120, seconds: 3600 }
export const linkLimit: Limit = { name: 'courses.links', points: 600, seconds: 600 }

const isClosed = (edition: editions.Edition, today: string) =>
  edition.cancelled_at
    ? ('courses.error.cancelled' as const)
    : edition.ended_on || (edition.enrol_until && edition.enrol_until < today)
      ? ('courses.error.closed' as const)
      : undefined

// --- without account ------------------------------------------------------------------------------------------------

const FULL_AGE = 18

function birthTyped(typed: string | undefined, today: string) {
  if (!typed) return { born: undefined, minor: false, wrong: false }
  const read = readDay(typed, past(today))
  if (typeof read === 'string' || read.day > today || read.day < '1900-01-01')
    return { born: undefined, minor: false, wrong: true }
  const age = Temporal.PlainDate.from(read.day).until(today, { largestUnit: 'year' }).years
  return { born: read.precision === 'year' ? read.day.slice(0, 4) : read.day, minor: age < FULL_AGE, wrong: false }
}

/** @returns the secret part of the page where it stands how it went */
export async function enrolOpenly(ctx: Ctx, slug: string, input: EnrolInput) {
  const found = await editions.editionBySlug(ctx, slug)
  const edition = await editions.lockEdition(ctx, found.id)
  const staff = isForStaff(edition.kind)
  const birth = birthTyped(input.born, ctx.today)
  // One we do not recognise is asked at the desk, and is no reason to turn anybody away.
  const country = input.citizenship && countryCalled(input.citizenship, ctx.lang)
  const known = !input.comune || (await comuni(ctx)).some(({ code }) => code === input.comune)
  refuse({
    form: isClosed(edition, ctx.today),
    email: addressProblem(input.email),
    born: birth.wrong ? 'courses.error.born' : undefined,
    comune: known ? undefined : 'kernel.form.not_a_choice',
    signer_name: birth.minor && !input.signer_name ? 'courses.error.minor' : undefined,
    signer_as: birth.minor && !input.signer_as ? 'courses.error.minor_as' : undefined,
    body: staff && !input.body ? 'courses.error.body' : undefined,
    job: staff && !input.job ? 'courses.error.job' : undefined,
  })
  const contact = { email: (input.email ?? '').toLowerCase(), phone: input.phone ?? '' }
  const trainee_id = staff
    ? await store.traineeNamed(ctx, {
        ...contact,
        name: [input.given_names, input.surname].filter(Boolean).join(' ').slice(0, 120),
        organisation_id: (await organisationCalled(ctx, input.body))?.id ?? null,
        body: input.body ?? '',
        job: input.job ?? '',
      })
    : null
  const { given_names, surname, original_name, gender, comune } = input
  const typed = { given_names, surname, original_name, gender, comune, born: birth.born, citizenship: country }
  if (trainee_id) await refuseTwice(ctx, edition.id, { trainee_id })
  const id = await store.insertEnrolment(ctx, {
    edition_id: edition.id,
    trainee_id,
    typed: staff ? null : JSON.stringify({ ...typed, minor: birth.minor }),
    ...contact,
    signer_name: birth.minor ? (input.signer_name ?? '') : '',
    signer_as: birth.minor ? (input.signer_as ?? null) : null,
    needs_childcare: input.needs_childcare && edition.childcare,
    how: 'open',
  })
  await settle(ctx, edition, id, 'person')
  if (!staff) later(ctx, registerPerson, { enrolment_id: id })
  return statusLink(ctx, id)
}
const addressProblem = (email: string | undefined) =>
  email && !singleAddress(email) ? ('kernel.form.not_an_email' as const) : undefined

const organisationCalled = async (ctx: Ctx, name: string | undefined) =>
  name
    ? (await organisations(ctx)).find((one) => one.name.localeCompare(name, 'it', { sensitivity: 'base' }) === 0)
    : undefined

type Typed = {
  given_names?: string
  surname?: string
  original_name?: string
  gender?: 'F' | 'M' | 'X'
  comune?: string
  born?: string
  citizenship?: string
  minor: boolean
}

/** What was typed becomes a file at the desk, to be completed there; if the person was known already, people suggests it. */
export const registerPerson = job<{ enrolment_id: string }>(
  'courses.register_person',
  async (ctx, { enrolment_id }) => {
    const { typed, person_id, ...enrolment } = await store.lockEnrolment(ctx, enrolment_id)
    if (!typed || person_id) return
    const { minor, ...said } = typed as Typed
    const { email, phone, lang, signer_name, signer_as } = enrolment
    // A child is reached through whoever signed for it.
    const contact = { ...(email && { email }), ...(phone && { phone }) }
    const id = await createPerson(ctx, { ...said, ...(!minor && contact) }, { demo: ctx.demo })
    await giveNotice(ctx, id, { language: lang, how: 'read' })
    if (minor && signer_name)
      await tieGuardian(ctx, id, {
        role: signer_as === 'tutore' ? 'tutore' : 'parent',
        name: signer_name,
        ...contact,
        language: lang,
      })
    await store.tiePerson(ctx, enrolment_id, id)
    const edition = await editions.findEdition(ctx, enrolment.edition_id)
    if (enrolment.state === 'enrolled')
      announce(ctx, enrolled, { ...factsOf(edition, ctx.today), enrolment_id, person_id: id })
    await announceAttended(ctx, edition, enrolment_id)
    for (const rating of await ratingsOf(ctx, [enrolment_id]))
      announceRated(ctx, edition, { id: enrolment_id, person_id: id }, rating)
  },
)

// --- by the staff ---------------------------------------------------------------------------------------------------

async function refuseTwice(ctx: Ctx, edition_id: string, who: { person_id?: string; trainee_id?: string }) {
  const same = who.person_id ? (await findPerson(ctx, who.person_id)).canonical_id : null
  for (const one of await store.enrolmentsOf(ctx, edition_id)) {
    if (!mayWithdraw(one.state)) continue
    const twice =
      (who.trainee_id && one.trainee_id === who.trainee_id) ||
      (same && one.person_id && (await findPerson(ctx, one.person_id)).canonical_id === same)
    refuse({ form: twice ? 'courses.error.twice' : undefined })
  }
}

export async function enrolPerson(
  ctx: Ctx,
  edition_id: string,
  person_id: string,
  { needs_childcare, signer_name = '' }: { needs_childcare: boolean; signer_name?: string | undefined },
) {
  const edition = await editions.lockEdition(ctx, edition_id)
  allow(ctx.actor.can(may.enrol))
  const person = await findPerson(ctx, person_id)
  refuse({
    form: isForStaff(edition.kind)
      ? 'courses.error.not_for_people'
      : isClosed({ ...edition, enrol_until: null }, ctx.today),
  })
  await refuseTwice(ctx, edition_id, { person_id: person.id })
  // What is printed and written for somebody is in the language of the file, not in that of whoever enrols them.
  const contact = await contactOf(ctx, person.id, ctx.today)
  const id = await store.insertEnrolment(ctx, {
    edition_id,
    person_id: person.id,
    ...(contact && { lang: contact.language }),
    needs_childcare: needs_childcare && edition.childcare,
    signer_name,
    signer_as: signer_name ? 'parent' : null,
    how: 'staff',
  })
  await settle(ctx, edition, id, 'staff')
  return id
}

export async function enrolTrainee(ctx: Ctx, edition_id: string, input: TraineeInput) {
  const edition = await editions.lockEdition(ctx, edition_id)
  allow(ctx.actor.can(may.decide))
  const known = await organisations(ctx)
  const organisation =
    known.find(({ id }) => id === input.organisation_id) ?? (await organisationCalled(ctx, input.body))
  refuse({
    form: isForStaff(edition.kind)
      ? isClosed({ ...edition, enrol_until: null }, ctx.today)
      : 'courses.error.not_for_staff',
    email: addressProblem(input.email),
    organisation_id:
      input.organisation_id && !known.some(({ id }) => id === input.organisation_id)
        ? 'kernel.form.not_a_choice'
        : undefined,
    body: !input.body && !organisation ? 'courses.error.body' : undefined,
  })
  const trainee_id = await store.traineeNamed(ctx, {
    name: input.name,
    email: (input.email ?? '').toLowerCase(),
    phone: input.phone ?? '',
    organisation_id: organisation?.id ?? null,
    body: input.body ?? organisation?.name ?? '',
    job: input.job ?? '',
  })
  await refuseTwice(ctx, edition_id, { trainee_id })
  const id = await store.insertEnrolment(ctx, { edition_id, trainee_id, how: 'staff' })
  await settle(ctx, edition, id, 'staff')
  return id
}

export type Deed = 'enrol' | 'wait' | 'offer' | 'not_choose' | 'withdraw' | 'accept'

/** The buttons beside a name. */
export async function decide(ctx: Ctx, id: string, deed: Deed) {
  const { edition_id } = await store.findEnrolment(ctx, id)
  await maySee(ctx, edition_id)
  allow(ctx.actor.can(may.decide))
  const edition = await editions.lockEdition(ctx, edition_id)
  const enrolment = await store.lockEnrolment(ctx, id)
  const { state } = enrolment
  const right =
    deed === 'accept'
      ? state === 'offered'
      : deed === 'withdraw'
        ? mayWithdraw(state)
        : deed === 'wait'
          ? state === 'requested' || mayComeBack(state) || state === 'dropped' || state === 'not_chosen'
          : deed === 'not_choose'
            ? state === 'requested' || state === 'waiting'
            : ['requested', 'waiting', 'dropped', 'declined', 'expired', 'withdrawn', 'not_chosen'].includes(state) &&
              (deed === 'enrol' || state === 'requested' || state === 'waiting')
  refuse({ form: right ? (edition.cancelled_at ? 'courses.error.cancelled' : undefined) : 'courses.error.moved_on' })
  if (deed === 'accept') return acceptOffer(ctx, edition, enrolment, 'staff')
  if (deed === 'withdraw') return leave(ctx, enrolment, 'staff', '')
  if (deed === 'wait') return putInList(ctx, id, 'staff', state === 'requested' ? 'full' : 'asked_again')
  if (deed === 'not_choose') return store.takeStep(ctx, id, 'not_chosen', 'staff', { reason: 'selection' })
  const seat = await store.freeSeat(ctx, edition_id, edition.capacity)
  refuse({ form: seat === undefined ? 'courses.error.full' : undefined })
  if (deed === 'offer') await offerSeat(ctx, edition, id, seat as number, 'staff')
  else await seatThem(ctx, edition, id, seat as number, 'staff')
}

/** A place given up is offered to the next in the same breath. */
export async function leave(ctx: Ctx, { id, edition_id, state }: store.Enrolment, by: store.By, reason: string) {
  const offer = state === 'offered' ? await store.openOffer(ctx, id) : undefined
  if (offer) await store.answerOffer(ctx, offer.id, 'withdrawn')
  await store.takeStep(ctx, id, 'withdrawn', by, { reason })
  await offerNext(ctx, edition_id)
}

export async function dropOut(ctx: Ctx, id: string, reason: string) {
  const { edition_id } = await store.findEnrolment(ctx, id)
  await maySee(ctx, edition_id)
  allow(ctx.actor.can(may.decide))
  await editions.lockEdition(ctx, edition_id)
  const { state } = await store.lockEnrolment(ctx, id)
  refuse({ form: state === 'enrolled' ? undefined : 'courses.error.moved_on' })
  await store.takeStep(ctx, id, 'dropped', 'staff', { reason })
  await offerNext(ctx, edition_id)
}

/** To another edition, with the level found at the entry. */
export async function transfer(ctx: Ctx, id: string, to: string) {
  const { edition_id } = await store.findEnrolment(ctx, id)
  await maySee(ctx, edition_id)
  allow(ctx.actor.can(may.decide))
  // In one order for everybody, so that two who move people both ways do not wait for each other.
  const locked = new Map<string, editions.Edition>()
  for (const one of [edition_id, to].sort()) locked.set(one, await editions.lockEdition(ctx, one))
  const target = locked.get(to) as editions.Edition
  const source = locked.get(edition_id) as editions.Edition
  const enrolment = await store.lockEnrolment(ctx, id)
  const seat = await store.freeSeat(ctx, to, target.capacity)
  refuse({
    form: enrolment.state === 'enrolled' ? undefined : 'courses.error.moved_on',
    to:
      to === edition_id || isForStaff(target.kind) !== isForStaff(source.kind) || target.cancelled_at || target.ended_on
        ? 'kernel.form.not_a_choice'
        : seat === undefined
          ? 'courses.error.full'
          : undefined,
  })
  const { person_id, trainee_id, email, phone, lang, signer_name, signer_as, needs_childcare } = enrolment
  if (person_id) await refuseTwice(ctx, to, { person_id })
  const moved = await store.insertEnrolment(ctx, {
    edition_id: to,
    person_id,
    trainee_id,
    email,
    phone,
    lang,
    signer_name,
    signer_as,
    needs_childcare: needs_childcare && target.childcare,
    how: 'transfer',
    from_enrolment_id: id,
  })
  await store.takeStep(ctx, id, 'transferred', 'staff')
  await seatThem(ctx, target, moved, seat as number, 'staff')
  const entry = (await store.levelsOf(ctx, [id])).filter(({ moment }) => moment === 'entry').at(-1)
  if (entry) {
    const { moment, level, on_day, assessor } = entry
    await store.insertLevel(ctx, { enrolment_id: moved, moment, level, on_day, assessor })
  }
  await offerNext(ctx, edition_id)
  return moved
}

// --- by link --------------------------------------------------------------------------------------------------------

export async function enrolmentOfLink(ctx: Ctx, token: string) {
  const found = await findLink(ctx, 'status', token)
  if (!found) throw new NotFound()
  const enrolment = await store.findEnrolment(ctx, found.thing_id)
  const edition = await editions.findEdition(ctx, enrolment.edition_id)
  const offer = await store.openOffer(ctx, enrolment.id)
  return {
    enrolment,
    edition,
    texts: await editions.textsOf(ctx, [edition.id]),
    next: (await editions.lessonsOf(ctx, [edition.id])).find(
      ({ cancelled_at, closed_at, on_day }) => !cancelled_at && !closed_at && on_day >= ctx.today,
    ),
    steps: await store.stepsOf(ctx, [enrolment.id]),
    place: await store.placeInList(ctx, enrolment),
    offer: offer ?? null,
  }
}
export type MyEnrolment = Awaited<ReturnType<typeof enrolmentOfLink>>

/** For a telephone held in front of the screen: the page where everything of this enrolment stands. */
export async function personalLink(ctx: Ctx, enrolment_id: string) {
  const { edition_id, lang } = await store.findEnrolment(ctx, enrolment_id)
  await maySee(ctx, edition_id)
  allow(ctx.actor.can(may.decide))
  const l = isLanguage(lang) ? lang : 'it'
  return `${ctx.base_url}${open.status.href({ l, token: await statusLink(ctx, enrolment_id) })}`
}

export async function withdrawByLink(ctx: Ctx, token: string) {
  const { enrolment } = await enrolmentOfLink(ctx, token)
  await editions.lockEdition(ctx, enrolment.edition_id)
  const now = await store.lockEnrolment(ctx, enrolment.id)
  // Pressed twice, it happens once.
  if (!mayWithdraw(now.state)) return
  await leave(ctx, now, 'person', '')
}

/** "I still want it": at the end of the list, and if a place is free it is offered at once. */
export async function comeBackByLink(ctx: Ctx, token: string) {
  const { enrolment } = await enrolmentOfLink(ctx, token)
  const edition = await editions.lockEdition(ctx, enrolment.edition_id)
  const now = await store.lockEnrolment(ctx, enrolment.id)
  if (!mayComeBack(now.state)) return
  refuse({ form: isClosed(edition, ctx.today) })
  await store.takeStep(ctx, now.id, 'waiting', 'person', { reason: 'asked_again' })
  await offerNext(ctx, edition.id)
}

export async function offerOfLink(ctx: Ctx, token: string) {
  const found = await findLink(ctx, 'offer', token)
  if (!found) throw new NotFound()
  const offer = await store.findOffer(ctx, found.thing_id)
  const edition = await editions.findEdition(ctx, offer.edition_id)
  return {
    offer,
    edition,
    texts: await editions.textsOf(ctx, [edition.id]),
    lessons: (await editions.lessonsOf(ctx, [edition.id])).filter(({ cancelled_at }) => !cancelled_at),
    over: Temporal.Instant.compare(instantOf(offer.expires_at), ctx.now) <= 0,
  }
}
export type OfferShown = Awaited<ReturnType<typeof offerOfLink>>

/** @returns the secret of the status page */
export async function answerByLink(ctx: Ctx, token: string, answer: 'accept' | 'decline') {
  const { offer, over } = await offerOfLink(ctx, token)
  const edition = await editions.lockEdition(ctx, offer.edition_id)
  const enrolment = await store.lockEnrolment(ctx, offer.enrolment_id)
  refuse({
    form: edition.cancelled_at ? 'courses.error.cancelled' : over ? 'courses.error.offer_over' : undefined,
  })
  if (answer === 'accept') await acceptOffer(ctx, edition, enrolment, 'person')
  else {
    refuse({ form: (await store.answerOffer(ctx, offer.id, 'declined')) ? undefined : 'courses.error.answered' })
    await store.takeStep(ctx, enrolment.id, 'declined', 'person')
    await offerNext(ctx, edition.id)
  }
  return statusLink(ctx, enrolment.id)
}

async function acceptOffer(ctx: Ctx, edition: editions.Edition, enrolment: store.Enrolment, by: store.By) {
  const offer = await store.openOffer(ctx, enrolment.id)
  const taken = offer && enrolment.seat !== null && (await store.answerOffer(ctx, offer.id, 'accepted'))
  refuse({ form: taken ? undefined : 'courses.error.answered' })
  await seatThem(ctx, edition, enrolment.id, enrolment.seat as number, by)
}
