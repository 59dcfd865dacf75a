/** Afternoons in figures: sessions, people, topics, alone or with help, month by month. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { type List, listOf } from '../../kernel/exports/exports.ts'
import { canonicalIds } from '../../people/actions.ts'
import { topicCodes, topicWord } from '../codes.ts'
import { may } from '../rules.ts'
import { afternoonsBetween } from '../store/afternoons.ts'
import { firstDays, type Sheet, sheetsBetween } from '../store/sheets.ts'

export type Sums = {
  afternoons: number
  sessions: number
  in_groups: number
  people: number
  new_people: number
  yes: number
  helped: number
  no: number
  identities: number
}

/** Where a period is not asked, it is the year. */
export async function figures(ctx: Ctx, { from, to }: { from?: string | undefined; to?: string | undefined }) {
  allow(ctx.actor.can(may.see_figures))
  const since = from ?? `${ctx.today.slice(0, 4)}-01-01`
  const until = to ?? ctx.today
  refuse({ ...(until < since && { al: 'digital.error.ends_before_start' as const }) })
  const sheets = await sheetsBetween(ctx, since, until)
  const afternoons = await afternoonsBetween(ctx, since, until)
  const firsts = await firstDays(ctx)
  const canonical = await canonicalIds(ctx, [...new Set(firsts.map(({ person_id }) => person_id))])
  const one = (id: string) => canonical.get(id) ?? id
  const first = new Map<string, string>()
  for (const { person_id, first_day } of firsts) {
    const known = first.get(one(person_id))
    if (first_day && (!known || first_day < known)) first.set(one(person_id), first_day)
  }
  const sumsOf = (own: readonly Sheet[], held: number): Sums => {
    const people = new Set(own.map(({ person_id }) => one(person_id)))
    const days = own.map(({ on_day }) => on_day).sort()
    const count = (is: (sheet: Sheet) => boolean) => own.filter(is).length
    return {
      afternoons: held,
      sessions: own.length,
      in_groups: count(({ how }) => how === 'group'),
      people: people.size,
      new_people: [...people].filter((id) => (first.get(id) ?? '') >= (days[0] ?? '')).length,
      yes: count(({ alone }) => alone === 'yes'),
      helped: count(({ alone }) => alone === 'helped'),
      no: count(({ alone }) => alone === 'no'),
      identities: count(({ identity }) => identity !== null),
    }
  }
  const months = [...new Set([...sheets, ...afternoons].map(({ on_day }) => on_day.slice(0, 7)))].sort()
  const of = <Row extends { on_day: string }>(rows: readonly Row[], month: string) =>
    rows.filter(({ on_day }) => on_day.startsWith(month))
  return {
    from: since,
    to: until,
    afternoons,
    sheets,
    people: new Map(sheets.map(({ person_id }) => [person_id, one(person_id)])),
    whole: sumsOf(sheets, afternoons.length),
    months: months.map((month) => ({ month, ...sumsOf(of(sheets, month), of(afternoons, month).length) })),
    topics: topicCodes
      .map((topic) => {
        const own = sheets.filter(({ topics }) => topics.includes(topic))
        return { topic, ...sumsOf(own, 0) }
      })
      .filter(({ sessions }) => sessions > 0),
  }
}
export type Figures = Awaited<ReturnType<typeof figures>>

/** Month by month and topic by topic, in one list. */
export async function figuresToExport(
  ctx: Ctx,
  period: { from?: string | undefined; to?: string | undefined },
): Promise<List> {
  const { t } = ctx
  const { from, to, months, topics } = await figures(ctx, period)
  const rows = [
    ...months.map(({ month, ...sums }) => ({ what: month.split('-').reverse().join('/'), ...sums })),
    ...topics.map(({ topic, ...sums }) => ({ what: t(`digital.topic.${topicWord(topic)}`), ...sums })),
  ]
  const sum = (name: keyof Sums) =>
    ({ header: t(`digital.sum.${name}`), kind: 'number', cell: (row: (typeof rows)[number]) => row[name] }) as const
  return listOf({
    name: 'digital.figures',
    title: t('digital.figures.title'),
    file: `digitale-${from}-${to}`,
    notes: [`${from.split('-').reverse().join('/')} – ${to.split('-').reverse().join('/')}`],
    rows,
    columns: [
      { header: t('digital.figures.what'), width: 3, cell: ({ what }) => what },
      sum('afternoons'),
      sum('sessions'),
      sum('in_groups'),
      sum('people'),
      sum('new_people'),
      sum('yes'),
      sum('helped'),
      sum('no'),
      sum('identities'),
    ],
  })
}
