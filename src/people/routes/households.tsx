import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { blankForm, type Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { comuni } from '../../territory/actions.ts'
import { endGuardian, joinHousehold, leaveHousehold, tieGuardian } from '../actions/households.ts'
import { findPeople, headLines } from '../actions.ts'
import { guardianForm, kinForm, kinSearchForm, noFields } from '../forms/households.ts'
import { GuardianPage, KinPage, KinSearchPage } from '../pages/household.tsx'
import type { Found } from '../pages/search.tsx'
import { may } from '../rules.ts'
import { people } from '../urls.ts'

const routes = router()
export default routes.all

async function headOf(ctx: Ctx, id: string) {
  const [head] = await headLines(ctx, [id])
  if (!head) throw new NotFound()
  return head
}

const searches = { household: people.household, guardian: people.guardianSearch, twin: people.twin } as const

for (const wanted of ['household', 'guardian', 'twin'] as const) {
  const page = async (ctx: Ctx, id: string, form: Form<typeof kinSearchForm>, found: Found) => (
    <KinSearchPage form={form} head={await headOf(ctx, id)} found={found} wanted={wanted} />
  )
  routes.form(searches[wanted], wanted === 'twin' ? may.merge : may.write, kinSearchForm, {
    show: (ctx, { id }, form) => page(ctx, id, form, null),
    submit: async (ctx, { id }, { who }) =>
      page(ctx, id, blankForm(ctx.ambito_id, { who }), await findPeople(ctx, who)),
  })
}

routes.form(people.householdJoin, may.write, kinForm, {
  show: async (ctx, { id, other }, form) => (
    <KinPage form={form} head={await headOf(ctx, id)} other={await headOf(ctx, other)} />
  ),
  async submit(ctx, { id, other }, { relation }) {
    await joinHousehold(ctx, id, other, relation)
    say(ctx, 'people.said.household')
    return people.file.href({ id })
  },
})

routes.form(people.householdEnd, may.write, noFields, {
  show: (ctx, { id }) => searchAgain(ctx, id),
  async submit(ctx, { id, membership }) {
    await leaveHousehold(ctx, membership)
    say(ctx, 'people.said.household_left')
    return people.file.href({ id })
  },
})

routes.form(people.guardian, may.write, guardianForm, {
  async show(ctx, { id }, form, { query }) {
    const chosen = typeof form.values.guardian_id === 'string' ? form.values.guardian_id : query.get('persona')
    return (
      <GuardianPage
        form={form}
        head={await headOf(ctx, id)}
        signs={chosen ? await headOf(ctx, chosen) : null}
        comuni={await comuni(ctx)}
      />
    )
  },
  async submit(ctx, { id }, input) {
    await tieGuardian(ctx, id, input)
    say(ctx, 'people.said.signs')
    return people.file.href({ id })
  },
})

routes.form(people.guardianEnd, may.write, noFields, {
  show: (ctx, { id }) => searchAgain(ctx, id),
  async submit(ctx, { id, guardian }) {
    await endGuardian(ctx, id, guardian)
    say(ctx, 'people.said.signs_ended')
    return people.file.href({ id })
  },
})

/** A button has no page of its own: whoever opens its address, or is refused there, finds the household. */
const searchAgain = async (ctx: Ctx, id: string) => (
  <KinSearchPage form={blankForm(ctx.ambito_id)} head={await headOf(ctx, id)} found={null} wanted="household" />
)
