import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { emptyForm, type Form, filled } from '../../kernel/form.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import { router } from '../../kernel/routes.ts'
import { organisations, places } from '../../territory/actions.ts'
import * as planning from '../actions/editions.ts'
import { endEdition } from '../actions/ending.ts'
import * as forms from '../forms.ts'
import { EditionPage } from '../pages/edition.tsx'
import { EditionFormPage, TextPage } from '../pages/edition-form.tsx'
import { EditionsPage } from '../pages/editions.tsx'
import { chargedOn } from '../rules/editions.ts'
import { may } from '../rules/may.ts'
import * as editions from '../store/editions.ts'
import * as enrolments from '../store/enrolments.ts'
import { courses } from '../urls.ts'

const routes = router()
export default routes.all

routes.page(courses.list, may.see, async (ctx) => (
  <EditionsPage editions={await planning.editionsSeen(ctx)} plans={ctx.actor.can(may.plan)} />
))

const editionLists = async (ctx: Ctx) => ({
  organisations: await organisations(ctx),
  places: await places(ctx),
  lines: await planning.budgetLines(ctx),
})

routes.form(courses.create, may.plan, forms.editionForm, {
  show: async (ctx, _params, form) => (
    <EditionFormPage
      form={{ ...form, values: { choice: 'first_come', offer_hours: '48', minimum: '8', ...form.values } }}
      lists={await editionLists(ctx)}
      back={null}
    />
  ),
  async submit(ctx, _params, input) {
    const edition = await planning.planEdition(ctx, input)
    say(ctx, 'courses.said.planned')
    return courses.calendar.href({ edition })
  },
})

routes.form(courses.data, may.plan, forms.editionForm, {
  async show(ctx, { edition: id }, form) {
    const edition = await planning.seenEdition(ctx, id)
    return (
      <EditionFormPage
        form={filled(form, valuesOf(edition))}
        lists={await editionLists(ctx)}
        back={courses.edition.href({ edition: id })}
      />
    )
  },
  async submit(ctx, { edition }, input) {
    await planning.changeEdition(ctx, edition, input)
    say(ctx, 'courses.said.changed')
    return courses.edition.href({ edition })
  },
})

function valuesOf({ planned_minutes, civic, women_only, childcare, ...edition }: editions.Edition) {
  const values = {
    ...edition,
    hours: planned_minutes && planned_minutes / 60,
    civic: civic && '1',
    women_only: women_only && '1',
    childcare: childcare && '1',
  }
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value || value === 0 ? [[name, String(value)]] : [])),
  )
}

type EditionForms = {
  teacher?: Form<typeof forms.teacherForm>
  ending?: Form<typeof forms.endingForm>
  charge?: Form<typeof forms.chargeForm>
}
async function editionPage(
  ctx: Ctx,
  id: string,
  given: EditionForms & { link?: string; problem?: string | undefined } = {},
) {
  const edition = await planning.seenEdition(ctx, id)
  const charges = await editions.chargesOf(ctx, id)
  const { taken = 0, waiting = 0 } = (await enrolments.countTaken(ctx, [id])).get(id) ?? {}
  return (
    <EditionPage
      edition={edition}
      texts={await editions.textsOf(ctx, [id])}
      charges={charges}
      charge={chargedOn(charges, ctx.today)}
      lines={await planning.budgetLines(ctx)}
      teachers={await editions.teachersOf(ctx, id)}
      provider={(await organisations(ctx)).find((one) => one.id === edition.provider_id)?.name ?? null}
      place={(await places(ctx)).find((one) => one.id === edition.place_id)?.name ?? null}
      lessons={await editions.countLessons(ctx, id)}
      taken={taken}
      waiting={waiting}
      troubles={await planning.troublesOf(ctx, edition)}
      may={{ plan: ctx.actor.can(may.plan), write: ctx.actor.can(may.write_texts) }}
      trainers={await planning.trainers(ctx)}
      forms={{
        teacher: given.teacher ?? emptyForm(ctx),
        ending: given.ending ?? emptyForm(ctx, { on_day: ctx.today }),
        charge: given.charge ?? emptyForm(ctx, { from_day: ctx.today }),
      }}
      link={given.link ?? null}
      problem={given.problem}
    />
  )
}
routes.page(courses.edition, may.see, (ctx, { edition }) => editionPage(ctx, edition))

for (const [address, deed, said] of [
  [courses.publication, planning.publishEdition, 'courses.said.published'],
  [courses.cancellation, planning.cancelEdition, 'courses.said.cancelled'],
] as const)
  routes.form(address, may.plan, forms.noFields, {
    show: (ctx, { edition }, form) => editionPage(ctx, edition, { problem: form.errors.form }),
    async submit(ctx, { edition }) {
      await deed(ctx, edition)
      say(ctx, said)
      return courses.edition.href({ edition })
    },
  })

routes.form(courses.ending, may.plan, forms.endingForm, {
  show: (ctx, { edition }, form) => editionPage(ctx, edition, { ending: form, problem: form.errors.form }),
  async submit(ctx, { edition }, { on_day }) {
    await endEdition(ctx, edition, on_day)
    say(ctx, 'courses.said.ended')
    return courses.certificates.href({ edition })
  },
})

routes.form(courses.charge, may.plan, forms.chargeForm, {
  show: (ctx, { edition }, form) => editionPage(ctx, edition, { charge: form }),
  async submit(ctx, { edition }, input) {
    await planning.chargeEdition(ctx, edition, input)
    say(ctx, 'courses.said.changed')
    return courses.edition.href({ edition })
  },
})

routes.form(courses.text, may.write_texts, forms.textForm, {
  async show(ctx, { edition: id, language }, form) {
    const edition = await planning.seenEdition(ctx, id)
    if (!isLanguage(language)) throw new NotFound()
    const texts = await editions.textsOf(ctx, [id])
    const { title = '', summary = '', body = '' } = texts.find((one) => one.language === language) ?? {}
    return (
      <TextPage
        edition={edition}
        language={language}
        form={filled(form, { title, summary, body })}
        source={texts.find((one) => one.language === 'it')}
      />
    )
  },
  async submit(ctx, { edition, language }, input) {
    await planning.writeText(ctx, edition, language, input)
    say(ctx, 'courses.said.text')
    return ctx.actor.can(may.see) ? courses.edition.href({ edition }) : courses.text.href({ edition, language })
  },
})

routes.form(courses.teachers, may.plan, forms.teacherForm, {
  show: (ctx, { edition }, form) => editionPage(ctx, edition, { teacher: form }),
  async submit(ctx, { edition }, input) {
    await planning.addTeacher(ctx, edition, input)
    return courses.edition.href({ edition })
  },
})
routes.form(courses.teacherGone, may.plan, forms.noFields, {
  show: (ctx, { edition }, form) => editionPage(ctx, edition, { problem: form.errors.form }),
  async submit(ctx, { edition, teacher }) {
    await planning.removeTeacher(ctx, edition, teacher)
    return courses.edition.href({ edition })
  },
})
routes.form(courses.teacherLink, may.plan, forms.noFields, {
  show: (ctx, { edition }, form) => editionPage(ctx, edition, { problem: form.errors.form }),
  // Shown once: only its hash is kept.
  submit: async (ctx, { edition, teacher }) =>
    editionPage(ctx, edition, { link: await planning.teacherLink(ctx, edition, teacher) }),
})
