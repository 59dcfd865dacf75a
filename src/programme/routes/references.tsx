import type { Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { noteReference, referencesOf, retractReference } from '../actions/references.ts'
import { referenceForm, withdrawForm } from '../forms.ts'
import { ReferencesPage } from '../pages/references.tsx'
import { may } from '../rules/may.ts'
import { safeBack } from '../rules/references.ts'
import { programme } from '../urls.ts'

const routes = router()
export default routes.all

routes.form(programme.references, may.attach_references, referenceForm, {
  async show(ctx, { kind, thing }, form, { query }) {
    const back = safeBack(query.get('torna')) ?? safeBack(String(form.values.back ?? '')) ?? programme.project.href()
    return (
      <ReferencesPage kind={kind} thing={thing} rows={await referencesOf(ctx, kind, thing)} back={back} form={form} />
    )
  },
  async submit(ctx, { kind, thing }, { back, ...input }) {
    await noteReference(ctx, { kind, thing_id: thing, ...input })
    return safeBack(back) ?? programme.project.href()
  },
})

routes.form(programme.referenceWithdrawn, may.attach_references, withdrawForm, {
  async show(ctx, { kind, thing }, form) {
    return (
      <ReferencesPage
        kind={kind}
        thing={thing}
        rows={await referencesOf(ctx, kind, thing)}
        back={programme.project.href()}
        form={form as Form<typeof referenceForm>}
      />
    )
  },
  async submit(ctx, { kind, thing, id }, { back }) {
    await retractReference(ctx, id)
    return programme.references.href({ kind, thing }, { torna: safeBack(back) })
  },
})
