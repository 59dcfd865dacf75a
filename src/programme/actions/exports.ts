/** The targets of the project, as they leave the house. */
import type { Ctx } from '../../kernel/ctx.ts'
import { type List, listOf } from '../../kernel/exports/exports.ts'
import { wordsIn } from './project.ts'
import { targets } from './targets.ts'

export async function targetsToExport(ctx: Ctx): Promise<List> {
  const { t, lang } = ctx
  return listOf({
    name: 'programme.targets',
    title: t('programme.export.targets'),
    file: `obiettivi-${ctx.today}`,
    notes: [t('programme.export.on', { day: ctx.today.split('-').reverse().join('/') })],
    rows: await targets(ctx),
    columns: [
      { header: t('programme.actions.row'), cell: ({ action }) => action },
      { header: t('programme.target.indicator'), cell: ({ indicator }) => indicator },
      { header: t('programme.export.measure'), width: 4, cell: ({ title }) => wordsIn(title, lang).text },
      { header: t('programme.target.value'), kind: 'number', cell: ({ value }) => value },
      {
        header: t('programme.target.expected'),
        kind: 'number',
        cell: ({ expected }) => (expected === null ? null : Math.floor(expected)),
      },
      { header: t('programme.target.valid_from'), kind: 'day', cell: ({ valid_from }) => valid_from },
      { header: t('programme.history.note'), width: 3, cell: ({ note }) => note },
    ],
  })
}
