/** Persons who live together, and who signs for a minor. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import type { GuardianInput } from '../forms/households.ts'
import { guardianErrors, isMinor, ofAgeOn, signsFirst } from '../rules/households.ts'
import { may } from '../rules.ts'
import * as store from '../store/households.ts'
import { filesOf, findPerson, lockPerson } from '../store.ts'

/** Ties a person to the household of another; the first tie opens the household. */
export async function joinHousehold(ctx: Ctx, id: string, other_id: string, relation: string) {
  allow(ctx.actor.can(may.write))
  // In one order for everybody, so that two who tie the same two persons do not wait for each other.
  for (const one of [id, other_id].sort()) await lockPerson(ctx, one)
  const [here, there] = [await filesOf(ctx, id), await filesOf(ctx, other_id)]
  refuse({
    ...(here.person.canonical_id === there.person.canonical_id && { form: 'people.error.same_person' as const }),
  })
  const theirs = await store.householdOf(ctx, there.ids)
  refuse({ ...(theirs && { form: 'people.error.already_in_household' as const }) })
  const household = (await store.householdOf(ctx, here.ids))?.household_id ?? (await openHousehold(ctx, id))
  await store.insertMember(ctx, household, other_id, relation)
}

async function openHousehold(ctx: Ctx, id: string) {
  const household = await store.insertHousehold(ctx)
  await store.insertMember(ctx, household, id, 'first')
  return household
}

/** From today on this person lives elsewhere; a household of one is none. */
export async function leaveHousehold(ctx: Ctx, membership: string) {
  const { household_id, id } = await store.lockMembership(ctx, membership)
  allow(ctx.actor.can(may.write))
  const others = (await store.membersOf(ctx, household_id)).filter((one) => one.id !== id)
  await store.endMemberships(ctx, [id, ...(others.length === 1 ? others.map((one) => one.id) : [])])
}

/** Those who live with a person today, under their canonical files, without the person. */
export const householdOf = async (ctx: Ctx, id: string) => livingWith(ctx, await filesOf(ctx, id))

async function livingWith(ctx: Ctx, { person, ids }: Files) {
  const own = await store.householdOf(ctx, ids)
  if (!own) return { own: null, others: [] }
  const members = await store.membersOf(ctx, own.household_id)
  const others = new Map(
    members.filter((one) => one.person_id !== person.canonical_id).map((one) => [one.person_id, one]),
  )
  return { own, others: [...others.values()] }
}

/** Who signs for a minor from now on; the first in order is written to until the 18th birthday. */
export async function tieGuardian(ctx: Ctx, id: string, input: GuardianInput) {
  const person = await lockPerson(ctx, id)
  allow(ctx.actor.can(may.write))
  const signs = input.guardian_id ? await findPerson(ctx, input.guardian_id) : undefined
  refuse({
    ...guardianErrors(input, { born: person.born, guardian_born: signs?.born, today: ctx.today }),
    ...(signs?.canonical_id === person.canonical_id && { guardian_id: 'people.error.same_person' as const }),
  })
  await store.insertGuardian(ctx, id, {
    role: input.role,
    guardian_id: signs?.id ?? null,
    name: input.name ?? '',
    comune: input.role === 'comune' ? (input.comune ?? null) : null,
    phone: input.phone ?? null,
    phone_e164: (input.phone && parsePhoneNumberFromString(input.phone, 'IT')?.number) || null,
    email: input.email?.toLowerCase() ?? null,
    language: input.language ?? null,
  })
}

export async function endGuardian(ctx: Ctx, id: string, guardian: string) {
  allow(ctx.actor.can(may.write))
  await store.endGuardian(ctx, (await filesOf(ctx, id)).ids, guardian)
}

/** Who is the first person of the household that a person stands in, or will open: what others are, they are for them. */
export async function firstOfHousehold(ctx: Ctx, id: string) {
  const { own, others } = await householdOf(ctx, id)
  return own && own.relation !== 'first' ? (others.find(({ relation }) => relation === 'first')?.person_id ?? null) : id
}

/** Whether a person is a minor on a day, and who signs then: whoever was appointed first, then parents. */
export const signersOf = async (ctx: Ctx, id: string, day: string) => signingFor(ctx, await filesOf(ctx, id), day)

async function signingFor(ctx: Ctx, { person, files, ids }: Files, day: string) {
  // The canonical file stands for all.
  const { born } = files.find((file) => file.id === person.canonical_id) ?? person
  return {
    minor: isMinor(born, day),
    of_age_on: born && ofAgeOn(born),
    signers: (await store.guardiansOn(ctx, ids, day)).sort(signsFirst),
  }
}

/** Both at once: those a person lives with today, and who signs. */
export async function familyOf(ctx: Ctx, id: string) {
  const files = await filesOf(ctx, id)
  return { ...(await livingWith(ctx, files)), ...(await signingFor(ctx, files, ctx.today)) }
}
type Files = Awaited<ReturnType<typeof filesOf>>
