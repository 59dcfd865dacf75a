import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { blankForm, type Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { comuni } from '../../territory/actions.ts'
import { endGuardian, firstOfHousehold, joinHousehold, leaveHousehold, tieGuardian } from '../actions/households.ts'
import { findPeople, headLines } from '../actions.ts'
import { guardianForm, kinForm, kinSearchForm, noFields } from '../forms/households.ts'
import { GuardianPage, KinPage, KinSearchPage } from '../pages/household.tsx'
import type { Found } from '../pages/search.tsx'
import { kinOf } from '../parts/household.tsx'
import { isMinor } from '../rules/households.ts'
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
  async show(ctx, { id, other }, form) {
    const first = await firstOfHousehold(ctx, id)
    return (
      <KinPage
        form={form}
        head={await headOf(ctx, id)}
        other={await headOf(ctx, other)}
        first={first ? await headOf(ctx, first) : undefined}
      />
    )
  },
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
    const { members } = await kinOf(ctx, id)
    // Whoever stands in the family as a parent signs as one, unless something else is said.
    const parent = members.some(({ head, relation }) => head.id === chosen && relation === 'parent')
    const values = form.values.role || !parent ? form.values : { ...form.values, role: 'parent' }
    return (
      <GuardianPage
        form={{ ...form, values }}
        head={await headOf(ctx, id)}
        signs={chosen ? await headOf(ctx, chosen) : null}
        near={members.flatMap(({ head }) => (isMinor(head.born, ctx.today) ? [] : head))}
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
