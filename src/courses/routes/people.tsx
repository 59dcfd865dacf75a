import { accountNames } from '../../accounts/actions.ts'
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { emptyForm, type Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { createPerson, findPeople, headLines, newPersonForm, signersOf, undecidedAmong } from '../../people/actions.ts'
import { NewPersonPage } from '../../people/parts.tsx'
import { comuni, organisations } from '../../territory/actions.ts'
import { exportRoute } from '../../ui/export.tsx'
import * as planning from '../actions/editions.ts'
import * as enrolling from '../actions/enrolling.ts'
import { peopleToExport } from '../actions/exports.ts'
import * as outcomes from '../actions/outcomes.ts'
import { pactsSigned } from '../actions/pacts.ts'
import * as register from '../actions/register.ts'
import { joinTwice, twiceAmong } from '../actions/twice.ts'
import { isForStaff } from '../codes.ts'
import * as forms from '../forms.ts'
import { EnrolmentPage } from '../pages/enrolment.tsx'
import { AddPersonPage, PeoplePage } from '../pages/people.tsx'
import { PersonalLinkPage } from '../pages/rating.tsx'
import { may } from '../rules/may.ts'
import { mayComeBack, wasIn } from '../rules/states.ts'
import * as editions from '../store/editions.ts'
import * as enrolments from '../store/enrolments.ts'
import { ratingsOf } from '../store/ratings.ts'
import { courses } from '../urls.ts'

const routes = router()
export default routes.all

async function peoplePage(
  ctx: Ctx,
  id: string,
  given: {
    problem?: string | undefined
    search?: Parameters<typeof PeoplePage>[0]['search']
    trainee?: Form<typeof forms.traineeForm>
  } = {},
) {
  const edition = await planning.seenEdition(ctx, id)
  const all = await enrolments.enrolmentsOf(ctx, id)
  const names = await register.namesOf(ctx, all)
  const ids = all.flatMap(({ person_id }) => person_id ?? [])
  const heads = new Map((await headLines(ctx, ids)).map((head) => [head.id, head]))
  const hours = await outcomes.hoursOf(ctx, edition)
  const levels = Map.groupBy(
    await enrolments.levelsOf(
      ctx,
      all.map((one) => one.id),
    ),
    ({ enrolment_id }) => enrolment_id,
  )
  const last = (enrolment: string, moment: string) =>
    (levels.get(enrolment) ?? []).filter((one) => one.moment === moment).at(-1)?.level ?? null
  const same = new Set((await twiceAmong(ctx, all)).flat().map((one) => one.id))
  const signed = await pactsSigned(
    ctx,
    all.map((one) => one.id),
  )
  looked(ctx, { what: 'courses.people', detail: { people: all.length } })
  return (
    <PeoplePage
      edition={edition}
      rows={all.map((enrolment) => ({
        enrolment,
        name: names.get(enrolment.id) as register.Named,
        head: heads.get(enrolment.person_id ?? '') ?? null,
        hours: hours.get(enrolment.id),
        entry: last(enrolment.id, 'entry'),
        exit: last(enrolment.id, 'exit'),
        pact_signed: signed.has(enrolment.id),
        twice: same.has(enrolment.id),
      }))}
      may={{ enrol: ctx.actor.can(may.enrol), decide: ctx.actor.can(may.decide) }}
      undecided={ids.length > 0 ? await undecidedAmong(ctx, ids) : 0}
      problem={given.problem}
      search={given.search ?? null}
      trainee={given.trainee ?? emptyForm(ctx)}
      organisations={isForStaff(edition.kind) ? await organisations(ctx) : []}
    />
  )
}
routes.page(courses.people, may.see_people, (ctx, { edition }) => peoplePage(ctx, edition))

routes.form(courses.search, may.enrol, forms.searchForm, {
  show: (ctx, { edition }, form) => peoplePage(ctx, edition, { search: { form, lines: [], needs_more: true } }),
  async submit(ctx, { edition }, { who }) {
    const form = emptyForm<typeof forms.searchForm>(ctx, { who })
    return peoplePage(ctx, edition, { search: { form, ...(await findPeople(ctx, who)) } })
  },
})

routes.form(courses.newPerson, may.enrol, newPersonForm, {
  async show(ctx, { edition }, form) {
    await planning.seenEdition(ctx, edition)
    return <NewPersonPage form={form} comuni={await comuni(ctx)} back={courses.people.href({ edition })} />
  },
  async submit(ctx, { edition }, input) {
    const person = await createPerson(ctx, input)
    say(ctx, 'people.said.created')
    return courses.addPerson.href({ edition, person })
  },
})

routes.form(courses.addPerson, may.enrol, forms.addForm, {
  async show(ctx, { edition: id, person }, form) {
    const edition = await planning.seenEdition(ctx, id)
    const [head] = await headLines(ctx, [person])
    if (!head) throw new NotFound()
    const { minor } = await signersOf(ctx, person, ctx.today)
    return <AddPersonPage edition={edition} head={head} minor={minor} form={form} />
  },
  async submit(ctx, { edition, person }, input) {
    const enrolment = await enrolling.enrolPerson(ctx, edition, person, input)
    return courses.enrolment.href({ enrolment })
  },
})

routes.form(courses.addTrainee, may.decide, forms.traineeForm, {
  show: (ctx, { edition }, form) => peoplePage(ctx, edition, { trainee: form }),
  async submit(ctx, { edition }, input) {
    const enrolment = await enrolling.enrolTrainee(ctx, edition, input)
    return courses.enrolment.href({ enrolment })
  },
})

exportRoute(routes, courses.peopleExport, may.see_people, {
  title: ({ t }) => t('courses.nav.people'),
  back: ({ edition }) => courses.people.href({ edition }),
  list: (ctx, { edition }) => peopleToExport(ctx, edition),
})

const deedsIn = (state: string): enrolling.Deed[] => {
  if (state === 'requested') return ['enrol', 'offer', 'wait', 'not_choose', 'withdraw']
  if (state === 'waiting') return ['offer', 'enrol', 'not_choose', 'withdraw']
  if (state === 'offered') return ['accept', 'withdraw']
  if (state === 'enrolled') return ['withdraw']
  return mayComeBack(state) || state === 'dropped' || state === 'not_chosen' ? ['wait', 'enrol'] : []
}

type EnrolmentForms = {
  drop?: Form<typeof forms.dropForm>
  transfer?: Form<typeof forms.transferForm>
  level?: Form<typeof forms.levelForm>
  problem?: string | undefined
}
async function enrolmentPage(ctx: Ctx, id: string, given: EnrolmentForms = {}) {
  const enrolment = await enrolments.findEnrolment(ctx, id)
  const edition = await planning.seenEdition(ctx, enrolment.edition_id)
  const [head] = enrolment.person_id ? await headLines(ctx, [enrolment.person_id]) : []
  const steps = await enrolments.stepsOf(ctx, [id])
  const others = (await editions.listEditions(ctx)).filter(
    (one) =>
      one.id !== edition.id && !one.ended_on && !one.cancelled_at && isForStaff(one.kind) === isForStaff(edition.kind),
  )
  if (enrolment.person_id) looked(ctx, { what: 'courses.enrolment', person_id: enrolment.person_id })
  return (
    <EnrolmentPage
      edition={edition}
      enrolment={enrolment}
      name={(await register.namesOf(ctx, [enrolment])).get(id) as register.Named}
      head={head ?? null}
      steps={steps}
      by={
        await accountNames(
          ctx,
          steps.flatMap(({ account_id }) => account_id ?? []),
        )
      }
      levels={await enrolments.levelsOf(ctx, [id])}
      pact_signed={(await pactsSigned(ctx, [id])).has(id)}
      ratings={isForStaff(edition.kind) || !wasIn(enrolment.state) ? null : await ratingsOf(ctx, [id])}
      hours={(await outcomes.hoursOf(ctx, edition)).get(id)}
      offer={(await enrolments.openOffer(ctx, id)) ?? null}
      editions={others}
      deeds={edition.cancelled_at || edition.ended_on ? [] : deedsIn(enrolment.state)}
      may={{ decide: ctx.actor.can(may.decide), assess: ctx.actor.can(may.assess) }}
      forms={{
        drop: given.drop ?? emptyForm(ctx),
        transfer: given.transfer ?? emptyForm(ctx),
        level: given.level ?? emptyForm(ctx, { on_day: ctx.today, assessor: ctx.actor.name }),
      }}
      problem={given.problem}
    />
  )
}
routes.page(courses.enrolment, may.see_people, (ctx, { enrolment }) => enrolmentPage(ctx, enrolment))

// Shown once: only its hash is kept.
routes.form(courses.personal, may.decide, forms.noFields, {
  show: (ctx, { enrolment }, form) => enrolmentPage(ctx, enrolment, { problem: form.errors.form }),
  async submit(ctx, { enrolment: id }) {
    const address = await enrolling.personalLink(ctx, id)
    const enrolment = await enrolments.findEnrolment(ctx, id)
    return (
      <PersonalLinkPage
        address={address}
        name={(await register.namesOf(ctx, [enrolment])).get(id) as register.Named}
        back={courses.enrolment.href({ enrolment: id })}
      />
    )
  },
})

routes.form(courses.step, may.decide, forms.stepForm, {
  show: (ctx, { enrolment }, form) => enrolmentPage(ctx, enrolment, { problem: form.errors.form ?? form.errors.deed }),
  async submit(ctx, { enrolment }, { deed }) {
    await enrolling.decide(ctx, enrolment, deed)
    return courses.enrolment.href({ enrolment })
  },
})
routes.form(courses.join, may.decide, forms.noFields, {
  show: async (ctx, { enrolment }, form) =>
    peoplePage(ctx, (await enrolments.findEnrolment(ctx, enrolment)).edition_id, { problem: form.errors.form }),
  async submit(ctx, { enrolment }) {
    const kept = await joinTwice(ctx, enrolment)
    say(ctx, 'courses.said.joined')
    return courses.enrolment.href({ enrolment: kept })
  },
})
routes.form(courses.drop, may.decide, forms.dropForm, {
  show: (ctx, { enrolment }, form) => enrolmentPage(ctx, enrolment, { drop: form }),
  async submit(ctx, { enrolment }, { reason }) {
    await enrolling.dropOut(ctx, enrolment, reason)
    return courses.enrolment.href({ enrolment })
  },
})
routes.form(courses.transfer, may.decide, forms.transferForm, {
  show: (ctx, { enrolment }, form) => enrolmentPage(ctx, enrolment, { transfer: form }),
  submit: async (ctx, { enrolment }, { to }) =>
    courses.enrolment.href({ enrolment: await enrolling.transfer(ctx, enrolment, to) }),
})
routes.form(courses.level, may.assess, forms.levelForm, {
  show: (ctx, { enrolment }, form) => enrolmentPage(ctx, enrolment, { level: form }),
  async submit(ctx, { enrolment }, input) {
    await outcomes.assess(ctx, enrolment, input)
    say(ctx, 'courses.said.level')
    return courses.enrolment.href({ enrolment })
  },
})
