/** Figures and the people behind them, as they leave the house. */
import type { Ctx } from '../../kernel/ctx.ts'
import { type Column, type List, listOf } from '../../kernel/exports/exports.ts'
import { headLines } from '../../people/actions.ts'
import { ageKeys, ages, genders, type Period, type Reason, type Report } from '../rules/report.ts'
import { sheetOf } from '../rules/sheets.ts'
import type { Definition } from '../store/definitions.ts'
import { rowNames } from './definitions.ts'
import { madeOf } from './made-of.ts'
import { notCountable, type PeopleAsked, peopleOf } from './people.ts'

const inDays = (day: string) => day.split('-').reverse().join('/')
const periodInWords = ({ t }: Ctx, { from, to }: Period) =>
  t('monitoring.export.period', { from: inDays(from), to: inDays(to) })

/** One line for each indicator, with its nine cells. */
export async function figuresToExport(ctx: Ctx, report: Report): Promise<List> {
  const { head, lines } = sheetOf(report, await rowNames(ctx, report.period.to), ctx.t)
  const { from, to } = report.period
  const cells = genders.length * ages.length
  return listOf({
    name: 'monitoring.figures',
    title: ctx.t('monitoring.export.figures'),
    file: `indicatori-${from}-${to}`,
    notes: [periodInWords(ctx, report.period), ctx.t('monitoring.figure.cells.hint_export')],
    rows: lines,
    columns: head.map((header, at) => ({
      header,
      kind: at < 2 ? ('text' as const) : ('number' as const),
      width: at === 1 ? 4 : at < head.length - cells ? 2 : 1,
      cell: (line: (typeof lines)[number]) => line[at] ?? null,
    })),
  })
}

/** All the people of a figure, or of one cell or group, not only the page that is seen. */
export async function peopleToExport(ctx: Ctx, asked: PeopleAsked, group_name?: string): Promise<List> {
  const { t } = ctx
  const { cell } = asked
  const { row, people } = await peopleOf(ctx, { ...asked, limit: most_people })
  return listOf({
    name: 'monitoring.people',
    title: t('monitoring.export.people', { code: row.code }),
    file: `persone-${row.code}-${asked.to}`,
    notes: [
      ctx.lang === 'en' ? row.name_en : row.name_it,
      periodInWords(ctx, asked),
      ...(cell?.gender && cell.age
        ? [`${t(`monitoring.gender.${cell.gender}`)}, ${t(`monitoring.age.${ageKeys[cell.age]}`)}`]
        : []),
      ...(asked.group && group_name ? [`${t(`monitoring.figure.trait.${asked.group.trait}`)}: ${group_name}`] : []),
      ...(asked.only_new ? [t('monitoring.figure.people.new')] : []),
    ],
    rows: await named(ctx, people),
    columns: [
      ...nameColumns(ctx),
      {
        header: t('monitoring.evidence.gender'),
        cell: ({ gender }) => (gender ? t(`people.gender.${gender}`) : ''),
      },
      { header: t('monitoring.export.age'), cell: ({ age }) => (age ? t(`monitoring.age.${ageKeys[age]}`) : '') },
      { header: t('monitoring.figure.people.since'), kind: 'day', cell: ({ since }) => since },
    ],
  })
}

/** All that a row which counts no persons is made of. */
export async function piecesToExport(
  ctx: Ctx,
  row: Definition,
  asked: Period & { only_new: boolean },
  say: (kind: string) => string,
): Promise<List> {
  const { t } = ctx
  const { pieces } = await madeOf(ctx, row, { ...asked, limit: most_people, offset: 0 })
  const distinct = pieces.some(({ facts }) => facts !== null)
  const has = (told: (piece: (typeof pieces)[number]) => unknown, column: Column<(typeof pieces)[number]>) =>
    pieces.some(told) ? [column] : []
  return listOf({
    name: 'monitoring.facts',
    title: `${t('monitoring.figure.pieces')}: ${row.code}`,
    file: `${row.code}-${asked.to}`,
    notes: [ctx.lang === 'en' ? row.name_en : row.name_it, periodInWords(ctx, asked)],
    rows: pieces,
    columns: [
      {
        header: t(distinct ? 'monitoring.figure.pieces.first' : 'monitoring.evidence.day'),
        kind: 'day',
        cell: ({ on_day }) => on_day,
      },
      ...has(({ kind }) => kind, {
        header: t('monitoring.evidence.what'),
        width: 2,
        cell: ({ kind }) => kind && say(kind),
      }),
      ...has(({ body }) => body, { header: t('monitoring.figure.pieces.body'), width: 2, cell: ({ body }) => body }),
      ...has(({ facts }) => facts, {
        header: t('monitoring.figure.pieces.times'),
        kind: 'number',
        cell: ({ facts }) => facts,
      }),
      ...has(({ minutes }) => minutes, {
        header: t('monitoring.figure.pieces.minutes'),
        kind: 'number',
        cell: ({ minutes }) => minutes,
      }),
      // A reference is not broken at the end of a line.
      ...has(({ evidence }) => evidence, {
        header: t('monitoring.evidence.proof'),
        width: 6,
        cell: ({ evidence }) => evidence,
      }),
    ],
  })
}

export async function waitingToExport(ctx: Ctx, reason: Reason | undefined): Promise<List> {
  const { t } = ctx
  const { people } = await notCountable(ctx, { reason, limit: most_people })
  return listOf({
    name: 'monitoring.not_countable',
    title: t('monitoring.not_countable.title'),
    file: `non-conteggiabili-${ctx.today}`,
    notes: [inDays(ctx.today), ...(reason ? [t(`monitoring.reason.${reason}`)] : [])],
    rows: await named(ctx, people),
    columns: [
      ...nameColumns(ctx),
      { header: t('monitoring.not_countable.last'), kind: 'day', cell: ({ last_day }) => last_day },
      { header: t('monitoring.not_countable.reason'), width: 2, cell: (one) => t(`monitoring.reason.${one.reason}`) },
    ],
  })
}

/** As many as a workbook can be opened with; the whole of an Ambito is far below. */
const most_people = 100_000

async function named<One extends { person_id: string }>(ctx: Ctx, people: readonly One[]) {
  const heads = new Map<string, { latin: string; original: string | null }>()
  for (let at = 0; at < people.length; at += 5000)
    for (const head of await headLines(
      ctx,
      people.slice(at, at + 5000).map((one) => one.person_id),
    ))
      heads.set(head.id, head)
  return people.map((one) => ({ ...one, head: heads.get(one.person_id) }))
}

const nameColumns = ({ t }: Ctx) => [
  {
    header: t('monitoring.figure.people.name'),
    width: 3,
    cell: ({ head }: { head: { latin: string; original: string | null } | undefined }) =>
      head?.latin || (head?.original ? '' : t('monitoring.figure.people.nameless')),
  },
  {
    header: t('monitoring.export.own_script'),
    width: 2,
    cell: ({ head }: { head: { original: string | null } | undefined }) => head?.original ?? '',
  },
]
