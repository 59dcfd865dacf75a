/** The address book, as it leaves the house. */
import type { Ctx } from '../../kernel/ctx.ts'
import { type List, listOf } from '../../kernel/exports/exports.ts'
import type { Organisation } from '../store/organisations.ts'

export function organisationsToExport({ t, today }: Ctx, organisations: readonly Organisation[]): List {
  return listOf({
    name: 'territory.organisations',
    title: t('territory.organisations.caption'),
    file: `enti-${today}`,
    rows: organisations,
    columns: [
      { header: t('territory.organisation.name'), width: 3, cell: ({ name }) => name },
      { header: t('territory.organisations.kind'), width: 2, cell: ({ kind }) => t(`territory.kind.${kind}`) },
      { header: t('territory.organisation.comune'), width: 2, cell: ({ comune_name }) => comune_name },
      { header: t('territory.organisation.address'), width: 2, cell: ({ address }) => address },
      { header: t('territory.organisation.phone'), width: 2, cell: ({ phone }) => phone },
      { header: t('territory.organisation.email'), width: 2, cell: ({ email }) => email },
      { header: t('territory.organisation.website'), width: 2, cell: ({ website }) => website },
      { header: t('territory.organisation.ended'), kind: 'day', cell: ({ ended_on }) => ended_on },
    ],
  })
}
