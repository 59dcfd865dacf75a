import { NotFound } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { listOf } from '../../kernel/exports/exports.ts'
import { router } from '../../kernel/routes.ts'
import { exportRoute } from '../../ui/export.tsx'
import { erasePerson, everythingOf } from '../actions/rights.ts'
import { headLines } from '../actions.ts'
import { erasureForm } from '../forms/rights.ts'
import { RightsPage } from '../pages/rights.tsx'
import { may } from '../rules.ts'
import { people } from '../urls.ts'

const routes = router()
export default routes.all

exportRoute(routes, people.copy, may.give_copy, {
  title: (ctx) => ctx.t('people.rights.copy'),
  back: ({ id }) => people.rights.href({ id }),
  async list(ctx, { id }) {
    return listOf({
      name: 'people.copy',
      title: ctx.t('people.rights.copy'),
      file: `copia-dei-dati-${ctx.today}`,
      notes: [ctx.t('people.rights.copy_note')],
      rows: await everythingOf(ctx, id),
      columns: [
        { header: ctx.t('people.rights.column.module'), cell: ({ module }) => module },
        { header: ctx.t('people.rights.column.what'), cell: ({ what, number }) => `${what} ${number}`, width: 2 },
        { header: ctx.t('people.rights.column.field'), cell: ({ field }) => field, width: 2 },
        { header: ctx.t('people.rights.column.value'), cell: ({ value }) => value, width: 4 },
      ],
    })
  },
})

routes.form(people.rights, may.erase, erasureForm, {
  async show(ctx, { id }, form) {
    const [head] = await headLines(ctx, [id])
    if (!head) throw new NotFound()
    return <RightsPage form={form} head={head} />
  },
  async submit(ctx, { id }, input) {
    await erasePerson(ctx, id, input)
    say(ctx, 'people.said.erased')
    return people.search.href()
  },
})
