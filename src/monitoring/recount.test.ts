/** Whatever happened, the figures of the ledger are those of somebody who reads design.md §3 and counts on their fingers. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openLedger, project, type Somebody, type Title } from '../../test/kit/ledger.ts'
import { madeOf } from './actions/made-of.ts'
import { servedIn } from './actions/people.ts'
import { monthsOfQuality, sharesIn } from './actions/shares.ts'
import { definitions, notCountable, peopleOf, reverse } from './actions.ts'
import indicators from './lists/indicators.json' with { type: 'json' }
import { countsPeople, type Group, reasons, traits } from './rules/report.ts'
import type { Definition } from './store/definitions.ts'

const ledger = await openLedger()

// --- what may happen ------------------------------------------------------------------------------------------------

/** Few days, so that borders meet: around the ends of the project and of titles. */
const days = [
  '2025-09-24',
  '2025-09-25',
  '2025-12-31',
  '2026-01-01',
  '2026-02-28',
  '2026-03-01',
  '2026-11-15',
  '2027-06-30',
  '2027-07-01',
  '2028-09-24',
  '2028-09-25',
]
const day = fc.constantFrom(...days)
const maybeDay = fc.option(day, { freq: 2 })
const inOrder = <A extends string | null>([a, b]: [A, A]): [A, A] =>
  a !== null && b !== null && a > b ? [b, a] : [a, b]
const stretch = fc.tuple(maybeDay, maybeDay).map(inOrder)

type Citizenships = { belongs: 'third' | 'eu' | 'it'; stretch: [string | null, string | null] }[]
const citizenship = fc.record({
  belongs: fc.constantFrom('third' as const, 'third' as const, 'eu' as const, 'it' as const),
  stretch,
})
type Titles = { kind: string; status: string; stretch: [string | null, string | null]; seen: boolean }[]
const title = fc.record({
  kind: fc.constantFrom('LAV_SUB', 'LAV_SUB', 'RICH_ASILO', 'BREVE'),
  status: fc.constantFrom('VALIDO', 'VALIDO', 'IN_RINNOVO', 'SCADUTO'),
  stretch,
  seen: fc.boolean(),
})
const somebody = fc.record({
  born: fc.option(fc.constantFrom('2008-03-01', '2008-02-29', '1990-07-01', '1966-01-01', '1965-11-15'), { freq: 8 }),
  gender: fc.option(fc.constantFrom('F' as const, 'M' as const, 'X' as const), { freq: 8 }),
  citizenships: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Citizenships>([{ belongs: 'third', stretch: [null, null] }]) },
    { weight: 2, arbitrary: fc.array(citizenship, { maxLength: 3 }) },
  ),
  titles: fc.oneof(
    fc.constant<Titles>([{ kind: 'LAV_SUB', status: 'VALIDO', stretch: [null, null], seen: true }]),
    fc.array<Titles[number]>(title, { maxLength: 3 }),
  ),
  notice: fc.constantFrom(true, true, true, false),
  /** The file it is merged into, among those before it. */
  into: fc.option(fc.nat({ max: 9 }), { freq: 1 }),
})
const kinds = [
  'desk.visit.foreigners',
  'desk.visit.digital',
  'desk.need.FAM.RICONG',
  'desk.need.FAM.RICONG.X',
  'courses.attendance.language',
  'courses.level_gained',
  'courses.enrolment',
  'orientation.session.individual',
  'orientation.session',
  'participation.survey.helpful',
  'mediation.hours.remote',
]
const fact = fc.record({
  who: fc.option(fc.nat({ max: 3 }), { freq: 6 }),
  kind: fc.constantFrom(...kinds),
  on: day,
  minutes: fc.integer({ min: 1, max: 90 }),
  reversed: fc.constantFrom(false, false, true),
})
const history = fc.record({
  people: fc.array(somebody, { minLength: 1, maxLength: 4 }),
  facts: fc.array(fact, { minLength: 1, maxLength: 20 }),
  period: fc.tuple(day, day).map(inOrder),
})
type History = typeof history extends fc.Arbitrary<infer T> ? T : never

// --- counting on one's fingers --------------------------------------------------------------------------------------

type Files = History['people']
const rootOf = (people: Files, at: number): number => {
  const into = people[at]?.into
  return into === null || into === undefined || into >= at ? at : rootOf(people, into)
}
const filesOf = (people: Files, root: number) =>
  people
    .map((file, at) => ({ file, at }))
    .filter(({ at }) => rootOf(people, at) === root)
    .sort((a, b) => Number(a.at !== root) - Number(b.at !== root) || a.at - b.at)
    .map(({ file }) => file)

const inside = ([since, until]: [string | null, string | null], on: string) =>
  (since === null || since <= on) && (until === null || on < until)
const openEnded = new Set(['IN_RINNOVO'])
const covers = ({ status, stretch: [issued, expires] }: Files[number]['titles'][number], on: string) =>
  (issued === null || issued <= on) && (openEnded.has(status) || expires === null || on <= expires)
/** From 2027 asylum applicants are decided upon, see `decide`. */
const verdictOf = (kind: string, status: string, on: string) =>
  status === 'SCADUTO'
    ? 'no'
    : kind === 'LAV_SUB'
      ? 'yes'
      : kind === 'BREVE'
        ? 'no'
        : on >= '2027-07-01'
          ? 'yes'
          : 'check'

function reasonOn(files: Files, on: string) {
  const belongs = files
    .flatMap((file) => file.citizenships)
    .filter((one) => inside(one.stretch, on))
    .map((one) => one.belongs)
  if (belongs.some((one) => one !== 'third')) return 'eu_or_italian'
  if (belongs.length === 0) return 'citizenship_unknown'
  if (files.every((file) => file.born === null)) return 'birth_unknown'
  if (files.every((file) => file.gender === null)) return 'gender_unknown'
  const seen = files.flatMap((file) => file.titles).filter((one) => one.seen)
  if (seen.length === 0) return 'title_not_shown'
  const valid = seen.filter((one) => covers(one, on))
  if (valid.length === 0) return 'title_not_covering'
  const verdicts = valid.map((one) => verdictOf(one.kind, one.status, on))
  if (!verdicts.includes('yes')) return verdicts.includes('check') ? 'kind_to_decide' : 'kind_not_accepted'
  return files.some((file) => file.notice) ? null : 'notice_not_given'
}

function ageOn(born: string, on: string) {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0)
  return years < 18 ? '<18' : years > 60 ? '>60' : '18-60'
}

const wants = (row: (typeof indicators)[number], kind: string, action: string) =>
  (row.actions.length === 0 || (row.actions as string[]).includes(action)) &&
  (row.kinds as string[]).some((one) => kind === one || kind.startsWith(`${one}.`))

function recount({ people, facts, period: [from, to] }: History) {
  const last = to < project.ends_on ? to : project.ends_on
  const live = facts.filter(({ reversed, on }) => !reversed && on >= project.starts_on && on <= last)
  const roots = [...new Set(people.map((_, at) => rootOf(people, at)))]
  const ofPerson = (root: number) =>
    live.filter(({ who }) => who !== null && who < people.length && rootOf(people, who) === root)
  const firstDay = (root: number, code: string): string | undefined => {
    const row = indicators.find((one) => one.code === code) as (typeof indicators)[number]
    const kept = ofPerson(root).filter(
      ({ kind, on }) => wants(row, kind, actionOf(kind)) && reasonOn(filesOf(people, root), on) === null,
    )
    const own = kept.map(({ on }) => on).sort()[0]
    if (own === undefined || row.parent === null) return own
    const wider = firstDay(root, row.parent)
    return wider && [own, wider].sort()[1]
  }
  const figures = indicators.map((row) => {
    const own = live.filter(({ kind }) => wants(row, kind, actionOf(kind)))
    if (row.counts === 'persons') {
      const entries = roots.flatMap((root) => {
        const on = firstDay(root, row.code)
        const files = filesOf(people, root)
        const served = firstDay(root, 'O.2.3') ?? on
        if (on === undefined) return []
        const born = files.find((file) => file.born !== null)?.born as string
        return [{ on, cell: `${files.find((file) => file.gender !== null)?.gender} ${ageOn(born, served as string)}` }]
      })
      const cells = Object.fromEntries(
        [...Map.groupBy(entries, ({ cell }) => cell)].map(([cell, those]) => [cell, those.length]),
      )
      return { code: row.code, value: entries.length, new: entries.filter(({ on }) => on >= from).length, cells }
    }
    if (row.counts === 'people' || row.counts === 'new_people') {
      const own_days = roots
        .map((root) =>
          ofPerson(root)
            .filter(({ kind }) => wants(row, kind, actionOf(kind)))
            .map(({ on }) => on)
            .sort(),
        )
        .filter((those) => those.length > 0)
      const told = own_days.filter((those) => ((row.counts === 'people' ? those.at(-1) : those[0]) ?? '') >= from)
      return { code: row.code, value: own_days.length, new: told.length, cells: {} }
    }
    if (row.counts === 'days') {
      const distinct = [...new Set(own.map(({ on }) => on))]
      return { code: row.code, value: distinct.length, new: distinct.filter((on) => on >= from).length, cells: {} }
    }
    const sum = (those: typeof own) =>
      row.counts === 'minutes'
        ? Math.round((those.reduce((all, { minutes }) => all + minutes, 0) * 100) / 60) / 100
        : those.length
    // Organisations and trainees are not part of these histories.
    if (row.counts === 'organisations' || row.counts === 'evidence')
      return { code: row.code, value: 0, new: 0, cells: {} }
    return { code: row.code, value: sum(own), new: sum(own.filter(({ on }) => on >= from)), cells: {} }
  })
  const row = indicators.find(({ code }) => code === 'O.2.3') as (typeof indicators)[number]
  const waiting = roots.flatMap((root) => {
    const served = ofPerson(root)
      .filter(({ kind }) => wants(row, kind, actionOf(kind)))
      .map(({ on }) => reasonOn(filesOf(people, root), on))
    return served.length === 0 || served.includes(null)
      ? []
      : [Math.max(...served.map((reason) => reasons.indexOf(reason as (typeof reasons)[number])))]
  })
  return { figures, waiting: waiting.sort() }
}

const actionOf = (kind: string) => (kind.endsWith('digital') ? '03' : '02')

// --- the same, in the ledger ----------------------------------------------------------------------------------------

async function happen({ people, facts }: History) {
  await ledger.startAgain()
  await ledger.inCtx(({ db, ambito_id }) =>
    sql`insert into people.eligibility (ambito_id, about, code, verdict, since) values (${ambito_id}, 'kind', 'RICH_ASILO', 'yes', '2027-07-01')`.execute(
      db,
    ),
  )
  const ids: string[] = []
  for (const file of people) ids.push(await ledger.person(written(file)))
  for (const [at] of people.entries())
    if (rootOf(people, at) !== at) await ledger.merge(ids[at] as string, ids[rootOf(people, at)] as string)
  for (const { who, kind, on, minutes, reversed } of facts) {
    const person = who === null || who >= people.length ? null : (ids[who] as string)
    const { evidence } = await ledger.happened(kind, person, { on, minutes, action: actionOf(kind) })
    if (reversed) await ledger.inCtx((ctx) => reverse(ctx, [{ event_id: randomUUID(), evidence }]))
  }
}

function written({ citizenships, titles, into: _, ...file }: Files[number]): Somebody {
  return {
    ...file,
    citizenships: citizenships.map(({ belongs, stretch: [since, until] }) => ({
      belongs: belongs as 'third',
      country: { third: 'EG', eu: 'RO', it: 'IT' }[belongs],
      since,
      until,
    })),
    titles: titles.map(({ stretch: [issued_on, expires_on], ...one }): Title => ({ ...one, issued_on, expires_on })),
  }
}

test('figures, cells, people, facts and those who wait, over any history', async () => {
  const rows = await ledger.inCtx(definitions)
  await fc.assert(
    fc.asyncProperty(history, async (story) => {
      await happen(story)
      const [from, to] = story.period
      const made = [...(await ledger.figures({ from, to })).values()].map(({ cells, ...figure }) => ({
        ...figure,
        cells: Object.fromEntries(cells.map(({ gender, age, value }) => [`${gender} ${age}`, value])),
      }))
      const counted = recount(story)
      expect(made).toEqual(counted.figures)
      const { people } = await ledger.inCtx((ctx) => notCountable(ctx, { to }))
      expect(people.map(({ reason }) => reasons.indexOf(reason)).sort()).toEqual(counted.waiting)
      const opened = (row: Definition, only_new: boolean) =>
        ledger.inCtx(async (ctx) =>
          countsPeople(row.counts)
            ? (await peopleOf(ctx, { code: row.code, from, to, only_new })).people.length
            : (await madeOf(ctx, row, { from, to, only_new, limit: 1000, offset: 0 })).pieces.length,
        )
      const behind = async (group: Group) =>
        (await ledger.inCtx((ctx) => peopleOf(ctx, { code: 'O.2.3', from, to, group }))).people.length
      for (const trait of traits) {
        const { shares } = await ledger.inCtx((ctx) => sharesIn(ctx, 'O.2.3', { from, to }, trait))
        for (const { code, people } of shares)
          expect([trait, code, await behind({ trait, code })]).toEqual([trait, code, people])
      }
      const servedOf = async (month: string, countable: boolean) =>
        (await ledger.inCtx((ctx) => servedIn(ctx, month, { countable }))).people.length
      for (const { month, served, countable } of await ledger.inCtx(monthsOfQuality)) {
        const opened = [await servedOf(month, true), await servedOf(month, false)]
        expect([month, ...opened]).toEqual([month, countable, served - (countable ?? 0)])
      }
      for (const row of rows) {
        const figure = made.find(({ code }) => code === row.code)
        if (!figure?.value || row.counts === 'minutes') continue
        expect([row.code, await opened(row, false), await opened(row, true)]).toEqual([
          row.code,
          figure.value,
          figure.new,
        ])
      }
    }),
    { numRuns: Number(process.env.RECOUNTS ?? 45), interruptAfterTimeLimit: 170_000 },
  )
})
