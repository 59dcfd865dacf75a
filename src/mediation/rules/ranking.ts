/**
 * Who is asked first. A mediator who cannot go is left out, with the reason; the others get points, each with its reason, so
 * that a coordinator can read why the first is the first. Points only order people for this call; they are kept nowhere.
 *
 *   left out   language not spoken · gender asked for · excluded · field not hers · too far · not free with travel · no hours
 *              left this month · contract over, or its hours used up
 *   points     variety 40 · level up to 30 · known to this case 30 · preferred 25 · field named 15 · near up to 15
 *              fairness up to 30 (the fewer hours this month, the more) · asked lately −5 each, at most −15
 */
import { romeTime, zone } from '../../kernel/clock.ts'
import { isRemote, type Level } from '../codes.ts'

export type Span = { starts_at: Temporal.Instant; ends_at: Temporal.Instant }
export type Candidate = {
  id: string
  gender: string
  base_comune: string | null
  max_travel_minutes: number
  short_notice: boolean
  remote: boolean
  fields: readonly string[]
  monthly_minutes: number | null
  /** Of her contract: whether it runs on that day, and what is left of its hours; null when it has no ceiling. */
  in_contract: boolean
  contract_left: number | null
  languages: readonly { language: string; variety: string; level: Level }[]
  week: readonly { weekday: number; starts_at: string; ends_at: string }[]
  exceptions: readonly (Span & { kind: string })[]
  /** Living assignments around the wanted days. */
  busy: readonly (Span & { comune: string | null })[]
  /** Minutes already taken on in the month of the call. */
  minutes_this_month: number
  asked_lately: number
  stance: string | null
  known_to_case: boolean
}
export type Wanted = {
  language: string | null
  variety: string
  other_language: string | null
  field: string
  mode: string
  minutes: number
  comune: string
  gender: string | null
  same_mediator: boolean
  urgent: boolean
  options: readonly Span[]
}
export type Travel = (from: string | null, to: string | null) => number

const weights = {
  variety: 40,
  mother: 30,
  fluent: 20,
  good: 8,
  other_language: -10,
  known: 30,
  preferred: 25,
  field: 15,
  near: 15,
  fairness: 30,
  asked: -5,
}
export const exclusions = [
  'language',
  'gender',
  'excluded',
  'field',
  'remote',
  'far',
  'not_free',
  'no_hours',
  'contract',
] as const
export type Exclusion = (typeof exclusions)[number]
export const merits = [
  'variety',
  'level',
  'other_language',
  'known',
  'preferred',
  'field',
  'near',
  'fairness',
  'asked',
] as const
export type Merit = (typeof merits)[number]
export type Ranked<C extends Candidate = Candidate> = {
  of: C
  points: number
  why: { merit: Merit; points: number }[]
  /** When she can, within the options. */
  starts: Temporal.Instant[]
}

/** The best first; equal points: fewer hours this month, then the id, so that two readers see the same order. */
export function rank<C extends Candidate>(wanted: Wanted, candidates: readonly C[], travel: Travel) {
  const ranked: Ranked<C>[] = []
  const left_out: { of: C; why: Exclusion }[] = []
  const hours = hoursWanted(wanted)
  for (const of of candidates) {
    const why = whyNot(wanted, hours, of, travel)
    if (typeof why === 'string') left_out.push({ of, why })
    else ranked.push({ of, starts: why, ...merit(wanted, of, travel) })
  }
  ranked.sort(
    (a, b) => b.points - a.points || a.of.minutes_this_month - b.of.minutes_this_month || (a.of.id < b.of.id ? -1 : 1),
  )
  return { ranked, left_out }
}

function whyNot(wanted: Wanted, hours: readonly Hour[], of: Candidate, travel: Travel): Exclusion | Temporal.Instant[] {
  // A call whose variety is not known ("the family comes from …") is for the coordinator to place: everybody is listed.
  if (wanted.language && !speaks(of, wanted.language) && !(wanted.other_language && speaks(of, wanted.other_language)))
    return 'language'
  if (wanted.gender && of.gender !== wanted.gender) return 'gender'
  if (of.stance === 'excluded') return 'excluded'
  if (of.fields.length > 0 && !of.fields.includes(wanted.field)) return 'field'
  if (isRemote(wanted.mode) ? !of.remote : travel(of.base_comune, wanted.comune) > of.max_travel_minutes)
    return isRemote(wanted.mode) ? 'remote' : 'far'
  if (of.monthly_minutes !== null && of.minutes_this_month + wanted.minutes > of.monthly_minutes) return 'no_hours'
  if (!of.in_contract || (of.contract_left !== null && wanted.minutes > of.contract_left)) return 'contract'
  const place = isRemote(wanted.mode) ? null : wanted.comune
  const starts = hours
    .filter((hour) => isFree(hour, place, wanted.urgent, of, travel))
    .map(({ starts_at }) => starts_at)
  return starts.length === 0 ? 'not_free' : starts
}
const sameName = new Intl.Collator('it', { sensitivity: 'base' }).compare
const speaks = (of: Candidate, language: string) => of.languages.some((one) => one.language === language)

function merit(wanted: Wanted, of: Candidate, travel: Travel) {
  const why: { merit: Merit; points: number }[] = []
  const give = (merit: Merit, points: number) => points !== 0 && why.push({ merit, points })
  const spoken = of.languages.filter((one) => one.language === wanted.language)
  const variety = wanted.variety !== '' && spoken.some((one) => sameName(one.variety, wanted.variety) === 0)
  give('variety', variety ? weights.variety : 0)
  give('level', Math.max(0, ...spoken.map(({ level }) => weights[level])))
  give('other_language', spoken.length === 0 && wanted.language ? weights.other_language : 0)
  give('known', wanted.same_mediator && of.known_to_case ? weights.known : 0)
  give('preferred', of.stance === 'preferred' ? weights.preferred : 0)
  give('field', of.fields.includes(wanted.field) ? weights.field : 0)
  const minutes = isRemote(wanted.mode) ? 0 : travel(of.base_comune, wanted.comune)
  give('near', isRemote(wanted.mode) ? 0 : Math.round(weights.near * Math.max(0, 1 - minutes / 60)))
  give('fairness', Math.round(weights.fairness * Math.max(0, 1 - of.minutes_this_month / (20 * 60))))
  give('asked', weights.asked * Math.min(of.asked_lately, 3))
  return { points: why.reduce((sum, one) => sum + one.points, 0), why }
}

// --- when -----------------------------------------------------------------------------------------------------------

const step = { minutes: 30 }
/** No more starts of one range than anybody would read. */
const most_starts = 24

/** The starts an option holds: its own when it is as long as the call, every half hour when it is a range. */
export function startsOf({ starts_at, ends_at }: Span, minutes: number) {
  const starts: Temporal.Instant[] = []
  for (let at = starts_at; starts.length < most_starts; at = at.add(step)) {
    if (starts.length > 0 && Temporal.Instant.compare(at.add({ minutes }), ends_at) > 0) break
    starts.push(at)
  }
  return starts
}

/** An hour that would do for the call, and what the clock on the wall says around it: asked of everybody, worked out once. */
type Hour = Span & { weekday: number; at: (time: string) => Temporal.Instant }
const hoursWanted = ({ options, minutes }: Pick<Wanted, 'options' | 'minutes'>) =>
  options
    .flatMap((option) => startsOf(option, minutes))
    .map((starts_at): Hour => {
      const begins = starts_at.toZonedDateTimeISO(zone)
      const day = begins.toPlainDate().toString()
      const known = new Map<string, Temporal.Instant>()
      const at = (time: string) => known.getOrInsertComputed(time, () => romeTime(day, time))
      return { starts_at, ends_at: starts_at.add({ minutes }), weekday: begins.dayOfWeek, at }
    })

/** Free for the whole span, and able to come from the booking before and to reach the one after. */
function isFree(span: Hour, place: string | null, urgent: boolean, of: Candidate, travel: Travel) {
  const away = of.exceptions.some((one) => one.kind === 'away' && overlap(one, span))
  if (away) return false
  const said_free = of.exceptions.some((one) => one.kind === 'free' && holds(one, span))
  if (!said_free && !(urgent && of.short_notice) && !inWeek(of.week, span)) return false
  return of.busy.every((one) => {
    const there = { minutes: travel(one.comune, place) }
    const back = { minutes: travel(place, one.comune) }
    return !overlap({ starts_at: one.starts_at.subtract(back), ends_at: one.ends_at.add(there) }, span)
  })
}
const overlap = (a: Span, b: Span) =>
  Temporal.Instant.compare(a.starts_at, b.ends_at) < 0 && Temporal.Instant.compare(b.starts_at, a.ends_at) < 0
const holds = (a: Span, b: Span) =>
  Temporal.Instant.compare(a.starts_at, b.starts_at) <= 0 && Temporal.Instant.compare(b.ends_at, a.ends_at) <= 0

/** The usual week is wall time: on the day the clocks change it is still three o'clock. */
const inWeek = (week: Candidate['week'], hour: Hour) =>
  week.length === 0 ||
  week.some(
    ({ weekday, starts_at, ends_at }) =>
      weekday === hour.weekday && holds({ starts_at: hour.at(starts_at), ends_at: hour.at(ends_at) }, hour),
  )
