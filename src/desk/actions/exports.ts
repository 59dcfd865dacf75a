/** The lists of the desk as they leave the house. */

import { romeClock } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { type List, listOf } from '../../kernel/exports/exports.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { headLines } from '../../people/actions.ts'
import { openDayList } from '../actions.ts'
import { needLabel } from '../codes.ts'

/** What the list of the day shows, row by row. */
export async function dayListToExport(ctx: Ctx, opening_id: string): Promise<List> {
  const { t, lang } = ctx
  const { opening, visits } = await openDayList(ctx, opening_id)
  const ids = visits.flatMap((visit) => visit.person_id ?? [])
  const heads = new Map((await headLines(ctx, ids)).map((head) => [head.id, head]))
  const headOf = (visit: (typeof visits)[number]) => heads.get(visit.person_id ?? '')
  return listOf({
    name: 'desk.day_list',
    title: t('desk.list.title'),
    file: `accessi-${opening.on_day}`,
    notes: [`${t(`desk.kind.${opening.kind}` as TextKey)} · ${opening.on_day.split('-').reverse().join('/')}`],
    rows: visits,
    columns: [
      { header: t('desk.list.at'), cell: (visit) => romeClock(visit.recorded_at) },
      { header: t('desk.list.who'), width: 3, cell: (visit) => headOf(visit)?.latin || t('desk.information.title') },
      { header: t('desk.list.own_script'), width: 2, cell: (visit) => headOf(visit)?.original ?? '' },
      {
        header: t('desk.visit.needs'),
        width: 4,
        cell: (visit) => (visit.needs ?? []).map((need) => needLabel(need, lang)).join(', '),
      },
      {
        header: t('desk.visit.outcome'),
        width: 2,
        cell: (visit) =>
          visit.withdrawn_at ? t('desk.visit.withdrawn') : t(`desk.outcome.${visit.outcome}` as TextKey),
      },
      { header: t('desk.visit.minutes'), kind: 'number', cell: (visit) => visit.minutes },
    ],
  })
}
