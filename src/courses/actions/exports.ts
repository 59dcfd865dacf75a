/** The list of an edition as it leaves the house: for the claim, and for whoever keeps the course. */
import type { Ctx } from '../../kernel/ctx.ts'
import { type List, listOf } from '../../kernel/exports/exports.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { levelLabel } from '../codes.ts'
import { enrolmentsOf, levelsOf } from '../store/enrolments.ts'
import { certificatesOf } from '../store/register.ts'
import { seenEdition } from './editions.ts'
import { hoursOf } from './outcomes.ts'
import { namesOf } from './register.ts'

export async function peopleToExport(ctx: Ctx, id: string): Promise<List> {
  const { t, lang } = ctx
  const edition = await seenEdition(ctx, id)
  const rows = await enrolmentsOf(ctx, id)
  const names = await namesOf(ctx, rows)
  const hours = await hoursOf(ctx, edition)
  const levels = await levelsOf(
    ctx,
    rows.map((row) => row.id),
  )
  const level = (enrolment: string, moment: string) => {
    const found = levels.filter((one) => one.enrolment_id === enrolment && one.moment === moment).at(-1)
    return found ? levelLabel(found.level, lang) : ''
  }
  const papers = new Map(
    (await certificatesOf(ctx, id)).filter((one) => !one.revoked_at).map((one) => [one.enrolment_id, one.number]),
  )
  type Row = (typeof rows)[number]
  return listOf({
    name: 'courses.people',
    title: edition.title,
    file: `iscritti-${edition.slug}`,
    rows,
    columns: [
      { header: t('courses.people.name'), width: 3, cell: (row: Row) => names.get(row.id)?.latin ?? '' },
      { header: t('courses.paper.own_script'), width: 2, cell: (row: Row) => names.get(row.id)?.original ?? '' },
      { header: t('courses.field.body'), width: 2, cell: (row: Row) => row.trainee_body ?? '' },
      { header: t('courses.people.state'), cell: (row: Row) => t(`courses.at.${row.state}` as TextKey) },
      {
        header: t('courses.people.hours'),
        kind: 'number',
        cell: (row: Row) => Math.round(((hours.get(row.id)?.minutes ?? 0) / 60) * 100) / 100,
      },
      {
        header: t('courses.paper.percent'),
        kind: 'number',
        cell: (row: Row) => {
          const { percent } = hours.get(row.id) ?? { percent: 0 }
          return percent === null ? '' : Math.round(percent * 100)
        },
      },
      { header: t('courses.moment.entry'), cell: (row: Row) => level(row.id, 'entry') },
      { header: t('courses.moment.exit'), cell: (row: Row) => level(row.id, 'exit') },
      { header: t('courses.certificate.number'), cell: (row: Row) => papers.get(row.id) ?? '' },
    ],
  })
}
