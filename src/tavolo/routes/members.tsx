/** Who sits at the tavolo, and the bodies of the network. */
import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { listOf } from '../../kernel/exports/exports.ts'
import { blankForm, type Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { organisations } from '../../territory/actions.ts'
import { exportRoute } from '../../ui/export.tsx'
import * as members from '../actions/members.ts'
import * as forms from '../forms.ts'
import { type MemberForms, MemberPage, MembersPage } from '../pages/members.tsx'
import { BodyPage, NetworkPage } from '../pages/network.tsx'
import { may } from '../rules/may.ts'
import { findSeat, seatsOn } from '../store/members.ts'
import { tavolo } from '../urls.ts'

const routes = router()
export default routes.all

const bodies = async (ctx: Ctx) => (await organisations(ctx)).filter(({ ended_on }) => !ended_on)

routes.form(tavolo.members, may.keep, forms.memberForm, {
  show: async (ctx, _params, form) => (
    <MembersPage
      seats={await members.membersShown(ctx)}
      form={{ ...form, values: { kind: 'member', ...form.values } }}
      bodies={await bodies(ctx)}
    />
  ),
  async submit(ctx, _params, input) {
    const member = await members.addMember(ctx, input)
    say(ctx, 'tavolo.said.member')
    return tavolo.member.href({ member })
  },
})

async function memberPage(ctx: Ctx, id: string, some: Partial<MemberForms> = {}, problem?: string) {
  const of = await members.memberWhole(ctx, id)
  const { name, email, phone } = of.member
  const given: MemberForms = {
    data: some.data ?? blankForm(ctx.ambito_id, { name, email, phone }),
    seat: some.seat ?? blankForm(ctx.ambito_id, { kind: 'member' }),
    end: some.end ?? blankForm(ctx.ambito_id, { on_day: ctx.today }),
  }
  const said = problem ?? Object.values(given.end.errors).find(Boolean)
  return (
    <MemberPage of={of} forms={given} bodies={await bodies(ctx)} heirs={await seatsOn(ctx, ctx.today)} problem={said} />
  )
}
routes.form(tavolo.member, may.keep, forms.memberDataForm, {
  show: (ctx, { member }, data) => memberPage(ctx, member, Object.keys(data.values).length > 0 ? { data } : {}),
  async submit(ctx, { member }, input) {
    await members.changeMember(ctx, member, input)
    say(ctx, 'tavolo.said.changed')
    return tavolo.member.href({ member })
  },
})
routes.form(tavolo.memberSeat, may.keep, forms.seatForm, {
  show: (ctx, { member }, seat) => memberPage(ctx, member, { seat }),
  async submit(ctx, { member }, input) {
    await members.addSeat(ctx, member, input)
    say(ctx, 'tavolo.said.member')
    return tavolo.member.href({ member })
  },
})
routes.form(tavolo.memberLink, may.keep, forms.nothing, {
  show: (ctx, { member }, form) => memberPage(ctx, member, {}, form.errors.form),
  async submit(ctx, { member }) {
    await members.sendMemberLink(ctx, member)
    say(ctx, 'tavolo.said.link')
    return tavolo.member.href({ member })
  },
})
routes.form(tavolo.seatEnd, may.keep, forms.seatEndForm, {
  async show(ctx, { seat }, end: Form<typeof forms.seatEndForm>) {
    const { member_id } = await findSeat(ctx, seat)
    return memberPage(ctx, member_id, { end }, end.errors.form)
  },
  async submit(ctx, { seat }, { on_day, heir }) {
    const { member_id } = await findSeat(ctx, seat)
    const count = await members.endSeat(ctx, seat, on_day, heir)
    say(ctx, 'tavolo.said.left', { count })
    return tavolo.member.href({ member: member_id })
  },
})

// --- the network ----------------------------------------------------------------------------------------------------

exportRoute(routes, tavolo.networkExport, may.keep, {
  title: (ctx) => ctx.t('tavolo.network.title'),
  back: () => tavolo.network.href(),
  async list(ctx) {
    const { t } = ctx
    return listOf({
      name: 'tavolo.network',
      title: t('tavolo.network.title'),
      file: `rete-${ctx.today}`,
      rows: await members.networkShown(ctx),
      columns: [
        { header: t('tavolo.member.body'), width: 3, cell: ({ name }) => name },
        { header: t('tavolo.network.kind'), width: 2, cell: ({ kind }) => t(`territory.kind.${kind}`) },
        { header: t('tavolo.network.role'), width: 3, cell: ({ role }) => role },
        { header: t('tavolo.network.agreed'), kind: 'day', cell: ({ agreed_on }) => agreed_on ?? '' },
        { header: t('tavolo.network.joined'), kind: 'day', cell: ({ joined_on }) => joined_on ?? '' },
        { header: t('tavolo.network.last'), kind: 'day', cell: ({ last_active }) => last_active ?? '' },
        { header: t('tavolo.network.supported'), kind: 'number', cell: ({ supported }) => supported },
      ],
    })
  },
})
routes.form(tavolo.network, may.keep, forms.networkForm, {
  show: async (ctx, _params, form) => (
    <NetworkPage
      rows={await members.networkShown(ctx)}
      form={{ ...form, values: { joined_on: ctx.today, ...form.values } }}
      bodies={await bodies(ctx)}
    />
  ),
  async submit(ctx, _params, input) {
    await members.addToNetwork(ctx, input)
    say(ctx, 'tavolo.said.body')
    return tavolo.network.href()
  },
})
routes.form(tavolo.body, may.keep, forms.bodyForm, {
  async show(ctx, { organisation }, form) {
    const body = await members.bodyWhole(ctx, organisation)
    const { role, joined_on, ended_on } = body
    const values = Object.keys(form.values).length > 0 ? form.values : { role, joined_on, ended_on: ended_on ?? '' }
    return <BodyPage body={body} form={{ ...form, values }} />
  },
  async submit(ctx, { organisation }, input) {
    await members.changeBody(ctx, organisation, input)
    say(ctx, 'tavolo.said.changed')
    return tavolo.network.href()
  },
})
