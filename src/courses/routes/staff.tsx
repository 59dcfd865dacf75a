import { accountNames } from '../../accounts/actions.ts'
import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { blankForm, type Form, type Schema } from '../../kernel/form.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import { router } from '../../kernel/routes.ts'
import { papersOf } from '../../kernel/scans/scans.ts'
import { createPerson, findPeople, findPerson, headLines, newPersonForm, signersOf } from '../../people/actions.ts'
import { NewPersonPage } from '../../people/parts.tsx'
import { closedDaysOf, comuni, organisations, places } from '../../territory/actions.ts'
import { exportRoute } from '../../ui/export.tsx'
import { signOut } from '../../ui/urls.ts'
import * as planning from '../actions/editions.ts'
import { endEdition } from '../actions/ending.ts'
import * as enrolling from '../actions/enrolling.ts'
import { peopleToExport } from '../actions/exports.ts'
import * as outcomes from '../actions/outcomes.ts'
import { certificatePaper, certificatesPaper, lessonSheet, lessonSheets, registerPaper } from '../actions/papers.ts'
import * as register from '../actions/register.ts'
import { isForStaff } from '../codes.ts'
import * as forms from '../forms.ts'
import { CalendarPage, LessonFormPage } from '../pages/calendar.tsx'
import { EditionFormPage, EditionPage, EditionsPage, TextPage } from '../pages/editions.tsx'
import { LessonPage } from '../pages/lesson.tsx'
import { CertificatesPage, RevocationPage, SealsPage } from '../pages/outcomes.tsx'
import { AddPersonPage, EnrolmentPage, PeoplePage } from '../pages/people.tsx'
import { may } from '../rules/may.ts'
import { mayComeBack, mayWithdraw } from '../rules/states.ts'
import * as editions from '../store/editions.ts'
import * as enrolments from '../store/enrolments.ts'
import { certificatesOf, findCertificate } from '../store/register.ts'
import { courses } from '../urls.ts'

const routes = router()
export default routes.all

const blank = <S extends Schema>(ctx: Ctx, values: Record<string, string> = {}) =>
  blankForm<S>(ctx.ambito_id, values as never)

// --- editions -------------------------------------------------------------------------------------------------------

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
    const typed = Object.keys(form.values).length > 0
    return (
      <EditionFormPage
        form={typed ? form : { ...form, values: valuesOf(edition) }}
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
    hours: planned_minutes / 60,
    civic: civic && '1',
    women_only: women_only && '1',
    childcare: childcare && '1',
  }
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value || value === 0 ? [[name, String(value)]] : [])),
  )
}

type EditionForms = { teacher?: Form<typeof forms.teacherForm>; ending?: Form<typeof forms.endingForm> }
async function editionPage(
  ctx: Ctx,
  id: string,
  given: EditionForms & { link?: string; problem?: string | undefined } = {},
) {
  const edition = await planning.seenEdition(ctx, id)
  const { taken = 0, waiting = 0 } = (await enrolments.countTaken(ctx, [id])).get(id) ?? {}
  return (
    <EditionPage
      edition={edition}
      texts={await editions.textsOf(ctx, [id])}
      teachers={await editions.teachersOf(ctx, id)}
      provider={(await organisations(ctx)).find((one) => one.id === edition.provider_id)?.name ?? null}
      place={(await places(ctx)).find((one) => one.id === edition.place_id)?.name ?? null}
      lessons={await editions.countLessons(ctx, id)}
      taken={taken}
      waiting={waiting}
      troubles={await planning.troublesOf(ctx, edition)}
      may={{ plan: ctx.actor.can(may.plan), write: ctx.actor.can(may.write_texts) }}
      trainers={await planning.trainers(ctx)}
      forms={{ teacher: given.teacher ?? blank(ctx), ending: given.ending ?? blank(ctx, { on_day: ctx.today }) }}
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

routes.form(courses.text, may.write_texts, forms.textForm, {
  async show(ctx, { edition: id, language }, form) {
    const edition = await planning.seenEdition(ctx, id)
    if (!isLanguage(language)) throw new NotFound()
    const texts = await editions.textsOf(ctx, [id])
    const { title = '', summary = '', body = '' } = texts.find((one) => one.language === language) ?? {}
    const typed = Object.keys(form.values).length > 0
    return (
      <TextPage
        edition={edition}
        language={language}
        form={typed ? form : { ...form, values: { title, summary, body } }}
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

// --- the calendar ---------------------------------------------------------------------------------------------------

async function calendarPage(
  ctx: Ctx,
  id: string,
  { form, problem }: { form?: Form<typeof forms.calendarForm>; problem?: string | undefined } = {},
) {
  const edition = await planning.seenEdition(ctx, id)
  const lessons = await editions.lessonsOf(ctx, [id])
  const papers = await papersOf(
    ctx,
    lessonSheet,
    lessons.map((one) => one.id),
  )
  const year = Number(ctx.today.slice(0, 4))
  const closed = [...(await closedDaysOf(ctx, year)), ...(await closedDaysOf(ctx, year + 1))]
  return (
    <CalendarPage
      edition={edition}
      lessons={lessons}
      signed={new Set(papers.flatMap(({ thing_id }) => thing_id ?? []))}
      teachers={await editions.teachersOf(ctx, id)}
      troubles={await planning.troublesOf(ctx, edition)}
      closed={closed.filter(({ to_day }) => to_day >= ctx.today)}
      form={form ?? blank(ctx)}
      plans={ctx.actor.can(may.plan)}
      keeps={ctx.actor.can(may.keep_register)}
      problem={problem}
    />
  )
}

routes.form(courses.calendar, may.see, forms.calendarForm, {
  show: (ctx, { edition }, form) => calendarPage(ctx, edition, { form }),
  async submit(ctx, { edition }, input) {
    say(ctx, 'courses.said.lessons', await planning.planLessons(ctx, edition, input))
    return courses.calendar.href({ edition })
  },
})

async function lessonForm(ctx: Ctx, id: string, form: Form<typeof forms.lessonForm>, is_new: boolean) {
  return (
    <LessonFormPage
      edition={await planning.seenEdition(ctx, id)}
      form={form}
      teachers={await editions.teachersOf(ctx, id)}
      places={await places(ctx)}
      is_new={is_new}
    />
  )
}
routes.form(courses.newLesson, may.plan, forms.lessonForm, {
  show: (ctx, { edition }, form) => lessonForm(ctx, edition, form, true),
  async submit(ctx, { edition }, input) {
    await planning.addLesson(ctx, edition, input)
    say(ctx, 'courses.said.lesson')
    return courses.calendar.href({ edition })
  },
})
routes.form(courses.lessonData, may.plan, forms.lessonForm, {
  async show(ctx, { lesson: id }, form) {
    const { on_day, starts_at, ends_at, teacher_id, place_id, room, topic, edition_id } = await editions.findLesson(
      ctx,
      id,
    )
    const values = {
      on_day,
      starts_at: starts_at.slice(0, 5),
      ends_at: ends_at.slice(0, 5),
      room,
      topic,
      ...(teacher_id && { teacher_id }),
      ...(place_id && { place_id }),
    }
    return lessonForm(ctx, edition_id, Object.keys(form.values).length > 0 ? form : { ...form, values }, false)
  },
  async submit(ctx, { lesson }, input) {
    const edition = await planning.changeLesson(ctx, lesson, input)
    say(ctx, 'courses.said.lesson')
    return courses.calendar.href({ edition })
  },
})
routes.form(courses.lessonOff, may.plan, forms.noFields, {
  show: async (ctx, { lesson }, form) =>
    calendarPage(ctx, (await editions.findLesson(ctx, lesson)).edition_id, { problem: form.errors.form }),
  async submit(ctx, { lesson }) {
    const edition = await planning.cancelLesson(ctx, lesson)
    say(ctx, 'courses.said.lesson_off')
    return courses.calendar.href({ edition })
  },
})

// --- who takes part -------------------------------------------------------------------------------------------------

async function peoplePage(
  ctx: Ctx,
  id: string,
  given: {
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
  const same = await sameOf(ctx, all)
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
        twice: same.has(enrolment.id),
      }))}
      may={{ enrol: ctx.actor.can(may.enrol), decide: ctx.actor.can(may.decide) }}
      search={given.search ?? null}
      trainee={given.trainee ?? blank(ctx)}
      organisations={isForStaff(edition.kind) ? await organisations(ctx) : []}
    />
  )
}
/** Two enrolments of one person, who had two files when they were made. */
async function sameOf(ctx: Ctx, all: readonly enrolments.Enrolment[]) {
  const canonical = new Map<string, string[]>()
  for (const { id, person_id, state } of all) {
    if (!person_id || !mayWithdraw(state)) continue
    const one = (await findPerson(ctx, person_id)).canonical_id
    canonical.set(one, [...(canonical.get(one) ?? []), id])
  }
  return new Set([...canonical.values()].filter((ids) => ids.length > 1).flat())
}

routes.page(courses.people, may.see_people, (ctx, { edition }) => peoplePage(ctx, edition))

routes.form(courses.search, may.enrol, forms.searchForm, {
  show: (ctx, { edition }, form) => peoplePage(ctx, edition, { search: { form, lines: [], needs_more: true } }),
  async submit(ctx, { edition }, { who }) {
    const form = blank<typeof forms.searchForm>(ctx, { who })
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

// --- one enrolment --------------------------------------------------------------------------------------------------

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
      hours={(await outcomes.hoursOf(ctx, edition)).get(id)}
      offer={(await enrolments.openOffer(ctx, id)) ?? null}
      editions={others}
      deeds={edition.cancelled_at || edition.ended_on ? [] : deedsIn(enrolment.state)}
      may={{ decide: ctx.actor.can(may.decide), assess: ctx.actor.can(may.assess) }}
      forms={{
        drop: given.drop ?? blank(ctx),
        transfer: given.transfer ?? blank(ctx),
        level: given.level ?? blank(ctx, { on_day: ctx.today, assessor: ctx.actor.name }),
      }}
      problem={given.problem}
    />
  )
}
routes.page(courses.enrolment, may.see_people, (ctx, { enrolment }) => enrolmentPage(ctx, enrolment))

routes.form(courses.step, may.decide, forms.stepForm, {
  show: (ctx, { enrolment }, form) => enrolmentPage(ctx, enrolment, { problem: form.errors.form ?? form.errors.deed }),
  async submit(ctx, { enrolment }, { deed }) {
    await enrolling.decide(ctx, enrolment, deed)
    return courses.enrolment.href({ enrolment })
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

// --- the register ---------------------------------------------------------------------------------------------------

type LessonForms = {
  mark?: Form<typeof forms.markForm>
  closing?: Form<typeof forms.closingForm>
  correction?: Form<typeof forms.correctionForm>
}
async function lessonPage(ctx: Ctx, id: string, given: LessonForms = {}, initials = false) {
  const seen = await register.lessonSeen(ctx, id)
  const of = initials ? register.withInitials(seen) : seen
  const papers = await papersOf(ctx, lessonSheet, [id])
  return (
    <LessonPage
      of={of}
      doors={{
        mark: courses.lesson.href({ lesson: id }),
        close: courses.closing.href({ lesson: id }),
        back: courses.calendar.href({ edition: of.edition.id }),
        correct: courses.correction.href({ lesson: id }),
        device: {
          worker: courses.worker.href(),
          without: courses.withoutNetwork.href({ lesson: id }),
          leave: signOut.href(),
        },
      }}
      mark={given.mark ?? blank(ctx)}
      closing={given.closing ?? blank(ctx, { topic: of.lesson.topic })}
      correction={ctx.actor.can(may.correct) ? (given.correction ?? blank(ctx)) : null}
      signed={papers.length > 0}
    />
  )
}
routes.page(courses.withoutNetwork, may.keep_register, (ctx, { lesson }) => lessonPage(ctx, lesson, {}, true))

routes.form(courses.lesson, may.keep_register, forms.markForm, {
  show: (ctx, { lesson }, form) => lessonPage(ctx, lesson, { mark: form }),
  async submit(ctx, { lesson }, input) {
    await register.staffMarks(ctx, lesson, input)
    return courses.lesson.href({ lesson })
  },
})
routes.form(courses.closing, may.keep_register, forms.closingForm, {
  show: (ctx, { lesson }, form) => lessonPage(ctx, lesson, { closing: form }),
  async submit(ctx, { lesson }, input) {
    await register.staffCloses(ctx, lesson, input)
    say(ctx, 'courses.said.closed')
    return courses.lesson.href({ lesson })
  },
})
routes.form(courses.correction, may.correct, forms.correctionForm, {
  show: (ctx, { lesson }, form) => lessonPage(ctx, lesson, { correction: form }),
  async submit(ctx, { lesson }, input) {
    await register.correct(ctx, lesson, input)
    say(ctx, 'courses.said.corrected')
    return courses.lesson.href({ lesson })
  },
})

routes.page(courses.seals, may.see, async (ctx, { edition: id }) => (
  <SealsPage edition={await planning.seenEdition(ctx, id)} of={await register.sealsChecked(ctx, id)} />
))

// --- papers ---------------------------------------------------------------------------------------------------------

routes.page(courses.sheets, may.see_people, async (ctx, { edition }) =>
  lessonSheets(ctx, await planning.seenEdition(ctx, edition)),
)
routes.page(courses.register, may.see_people, async (ctx, { edition }) =>
  registerPaper(ctx, await planning.seenEdition(ctx, edition)),
)
routes.page(courses.certificate, may.see_people, async (ctx, { certificate }) =>
  certificatePaper(ctx, await outcomes.certificateSeen(ctx, certificate)),
)

routes.page(courses.allCertificates, may.see_people, async (ctx, { edition: id }) => {
  const edition = await planning.seenEdition(ctx, id)
  const valid = (await certificatesOf(ctx, id)).filter((one) => !one.revoked_at)
  if (valid.length === 0) throw new NotFound()
  return certificatesPaper(ctx, edition, valid)
})

// --- certificates ---------------------------------------------------------------------------------------------------

routes.form(courses.certificates, may.see_people, forms.issueForm, {
  async show(ctx, { edition: id }, form) {
    const edition = await planning.seenEdition(ctx, id)
    const all = new Map((await enrolments.enrolmentsOf(ctx, id)).map((one) => [one.id, one]))
    const names = await register.namesOf(ctx, [...all.values()])
    const certificates = await certificatesOf(ctx, id)
    const has = new Set(certificates.filter((one) => !one.revoked_at).map((one) => one.enrolment_id))
    const threshold = await outcomes.thresholdOf(ctx)
    const hours = [...(await outcomes.hoursOf(ctx, edition))].filter(([enrolment]) => !has.has(enrolment))
    const ready = hours.map(([enrolment, own]) => ({
      id: enrolment,
      name: names.get(enrolment) as register.Named,
      hours: own,
      enough: own.percent * 100 >= threshold,
    }))
    const first = Object.keys(form.values).length === 0
    return (
      <CertificatesPage
        edition={edition}
        threshold={threshold}
        ready={ready}
        certificates={certificates.map((one) => ({ ...one, name: names.get(one.enrolment_id) as register.Named }))}
        form={first ? { ...form, values: { enrolments: ready.flatMap((one) => (one.enough ? [one.id] : [])) } } : form}
        certifies={ctx.actor.can(may.certify)}
      />
    )
  },
  async submit(ctx, { edition }, { enrolments: ids }) {
    say(ctx, 'courses.said.certified', await outcomes.issueCertificates(ctx, edition, ids))
    return courses.certificates.href({ edition })
  },
})

routes.form(courses.revocation, may.certify, forms.revocationForm, {
  show: async (ctx, { certificate }, form) => (
    <RevocationPage certificate={await findCertificate(ctx, certificate)} form={form} />
  ),
  async submit(ctx, { certificate }, { reason }) {
    const edition = await outcomes.revoke(ctx, certificate, reason)
    say(ctx, 'courses.said.revoked')
    return courses.certificates.href({ edition })
  },
})
