/** The same person behind two files: pairs are found by machine, and only ever merged by a person, who can undo it. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, Conflict, NotFound, refuse } from '../../kernel/errors.ts'
import { type Announced, announce } from '../../kernel/events.ts'
import type { TodayLine } from '../../kernel/module.ts'
import { mergeUndone, personsMerged } from '../events.ts'
import { may } from '../rules.ts'
import { soundKeys } from '../sound/keys.ts'
import { pairKeys } from '../sound/pair-keys.ts'
import { partsOf } from '../sound/parts.ts'
import { type BirthAndGender, equalNameIsEnough, joinKeys, suggests, WORTH_A_LOOK } from '../sound/sameperson.ts'
import { searchKeys } from '../sound/search-keys.ts'
import * as store from '../store/duplicates.ts'
import { birthsOf, filedUnder, type KnownRow, knownPersons } from '../store/registers.ts'
import { findPerson } from '../store.ts'
import { people } from '../urls.ts'
import { type Known, somebodies } from './register-learning.ts'

export type { Merge, OpenPair } from '../store/duplicates.ts'

/** Enough for a quarter of an hour. */
export const pairs_a_day = 10

// --- finding --------------------------------------------------------------------------------------------------------

/** What half the town has in common is no reason to look. */
const most_for_a_key = 60

/** Files of which somebody learned something new: is there another one of the same person? */
export const hearFilesChanged = (ctx: Ctx, events: Announced<{ person_ids: string[] }>[]) =>
  findDuplicates(ctx, [...new Set(events.flatMap(({ payload }) => payload.person_ids))])

/**
 * Looks for files that may be of the same persons, and writes down the pairs worth a look. Of the thousands called alike,
 * birth and gender alone rule most out: only the others are read whole.
 */
export async function findDuplicates(ctx: Ctx, ids: readonly string[]) {
  const asked = new Set(ids)
  const known = new Map(somebodies(await knownPersons(ctx, ids)).map((person) => [person.id, person]))
  const keys = [...known.values()].flatMap((person) =>
    asked.has(person.id) ? duplicateKeys(person).map((key) => ({ person, key })) : [],
  )
  const filed = Map.groupBy(
    await filedUnder(ctx, [...new Set(keys.map(({ key }) => key))], most_for_a_key),
    (one) => one.key,
  )
  const strangers = [...filed.values()].flat().flatMap(({ person_id }) => (known.has(person_id) ? [] : [person_id]))
  const born = new Map<string, BirthAndGender>([...known, ...(await birthsOf(ctx, [...new Set(strangers)]))])
  const pairs = keys.flatMap(({ person, key }) =>
    (filed.get(key) ?? []).flatMap(({ person_id: other_id }) => {
      const other = born.get(other_id)
      const worth_reading = other && (saysMoreThanNames(key) || equalNameIsEnough(person, other))
      return worth_reading ? [{ person, other_id, key }] : []
    }),
  )
  const unread = new Set(pairs.flatMap(({ other_id }) => (known.has(other_id) ? [] : [other_id])))
  for (const person of somebodies(await knownPersons(ctx, [...unread]))) known.set(person.id, person)
  const looked = new Set<string>()
  const found: store.Suggested[] = []
  for (const { person, other_id, key } of pairs) {
    const other = known.get(other_id)
    if (!other || other.canonical_id === person.canonical_id) continue
    const [one, two] = person.id < other.id ? [person.id, other.id] : [other.id, person.id]
    if (looked.has(one + two) || (key.startsWith('b:') && !soundAlike(person, other))) continue
    looked.add(one + two)
    const { score, reasons } = suggests(person, other)
    if (score >= WORTH_A_LOOK) found.push({ one, other: two, score, reasons })
  }
  await store.writeSuggestions(ctx, found)
}

/** A phone, a title, a tax code; not a pair of sounds or a day of birth. */
const saysMoreThanNames = (key: string) => !key.startsWith('d:') && !key.startsWith('b:')

/** Born on one day, and nothing of the names sounds alike: not worth the closer look. */
function soundAlike(a: Known, b: Known) {
  const sounds = soundsOf(a)
  return [...soundsOf(b)].some((sound) => sounds.has(sound))
}
const soundsOf = (person: Known) =>
  new Set(person.names.flatMap(partsOf).flatMap(({ kind, word }) => (kind === 'article' ? [] : soundKeys(word))))

const duplicateKeys = (person: Known) => [
  ...new Set([
    ...person.names.flatMap(pairKeys),
    ...joinKeys(person),
    ...(person.tax_code ? [`c:${person.tax_code}`] : []),
  ]),
]

export const undecidedAmong = (ctx: Ctx, people: readonly string[]) => store.countOpen(ctx, people)
export const duplicatesOfRegisters = { find: findDuplicates, count: undecidedAmong }

// --- deciding -------------------------------------------------------------------------------------------------------

/** Today's few: how many were decided already, how many wait in all. */
export async function duplicatesToday(ctx: Ctx, all = false) {
  allow(ctx.actor.can(may.merge))
  const done = await store.decidedOn(ctx, ctx.today)
  const left = Math.max(0, pairs_a_day - done)
  return {
    pairs: all ? await store.listOpen(ctx, 100) : left > 0 ? await store.listOpen(ctx, left) : [],
    done,
    waiting: await store.countOpen(ctx),
  }
}

/** The first screen: how many of today's pairs are left. */
export async function duplicatesLine(ctx: Ctx): Promise<TodayLine[]> {
  if (!ctx.actor.can(may.merge)) return []
  const count = Math.min(pairs_a_day - (await store.decidedOn(ctx, ctx.today)), await store.countOpen(ctx))
  if (count <= 0) return []
  return [{ text: ctx.t('people.today.duplicates', { count }), href: people.duplicates.href(), order: 60, count }]
}

/** Two files beside each other, also such as nobody suggested: whoever knows better may say that they are one person. */
export async function openPair(ctx: Ctx, one: string, other: string) {
  allow(ctx.actor.can(may.merge))
  if (one === other) throw new NotFound()
  for (const id of [one, other]) await findPerson(ctx, id)
  const pair = inOrder(one, other)
  return { ...pair, reasons: [], decision: null, ...(await store.findSuggestion(ctx, pair)) }
}
export type ComparedPair = Awaited<ReturnType<typeof openPair>>

export type Decision = 'same' | 'different' | 'unsure'

/** Told apart by mistake, two files can still be said to be one. @returns the merge, where there is one to undo */
export async function decidePair(ctx: Ctx, one: string, other: string, decision: Decision, why = '') {
  const pair = await openPair(ctx, one, other)
  const stands = pair.decision === 'same' || (pair.decision === 'different' && decision !== 'same')
  refuse({ ...(stands && { form: 'people.error.pair_decided' as const }) })
  if (decision === 'same') return mergePersons(ctx, one, other, why || pair.reasons.join(', '))
  await store.decidePairs(ctx, pair, decision)
}

/** Two files are one person: one row says so, nothing is rewritten. */
export async function mergePersons(ctx: Ctx, one: string, other: string, why = '') {
  allow(ctx.actor.can(may.merge))
  if (one === other) throw new Conflict()
  await store.lockMerges(ctx)
  for (const id of [one, other]) await findPerson(ctx, id)
  const pair = inOrder(one, other)
  const id = await store.insertMerge(ctx, pair, why)
  await store.decidePairs(ctx, pair, 'same')
  if (!id) return
  await redraw(ctx, one)
  announce(ctx, personsMerged, pair)
  return id
}

/** Everything is as if the two had never been merged; what came in meanwhile stays with the file it was about. */
export async function undoMerge(ctx: Ctx, merge_id: string, why = '') {
  allow(ctx.actor.can(may.merge))
  await store.lockMerges(ctx)
  const merge = await store.findMerge(ctx, merge_id)
  if (merge.ended_at) throw new NotFound()
  await store.endMerge(ctx, merge_id, why)
  const still_tied = (await redraw(ctx, merge.one, merge.other)).includes(merge.other)
  if (!still_tied) await store.decidePairs(ctx, inOrder(merge.one, merge.other), 'different')
  announce(ctx, mergeUndone, inOrder(merge.one, merge.other))
}

export const mergesOf = store.mergesOf

const inOrder = (one: string, other: string) => (one < other ? { one, other } : { one: other, other: one })

/** Which file stands for each of these and all that merges tie to it. @returns those tied to the first */
async function redraw(ctx: Ctx, ...ids: [string, ...string[]]) {
  const groups: string[][] = []
  for (const id of ids) groups.push(await store.tiedTo(ctx, id))
  for (const tied of groups) await store.standFor(ctx, tied[0] as string, tied)
  await refile(ctx, ids)
  return groups[0] as string[]
}

/** What a person is found by: whoever stands for several files is filed by what all of them know, the others not at all. */
export async function refile(ctx: Ctx, ids: readonly string[]) {
  const rows = await knownPersons(ctx, ids)
  const keys = rows.flatMap((row) => keysOf(row).map((key) => ({ person_id: row.canonical_id, key })))
  await store.writeKeys(
    ctx,
    rows.map(({ id }) => id),
    keys,
  )
}

function keysOf({ names, born, born_precision, phones, titles, tax_code }: KnownRow) {
  const searched = {
    names,
    ...(born && { born, born_precision: born_precision ?? undefined }),
    phones,
    title_numbers: titles.flatMap(({ number }) => number ?? []),
    ...(tax_code && { tax_code }),
  }
  return [...searchKeys(searched).map(({ key }) => key), ...names.flatMap(pairKeys)]
}
