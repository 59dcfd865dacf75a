/** Without an account. A GET only shows; whatever changes something is a button. */
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound, Refused } from '../../kernel/errors.ts'
import { blankForm, emptyForm, filled } from '../../kernel/form.ts'
import { staffLanguages } from '../../kernel/i18n.ts'
import { type Outside, router } from '../../kernel/routes.ts'
import { comuni, organisations } from '../../territory/actions.ts'
import { assetText } from '../../ui/assets.ts'
import { badgeKeys, badgeOf } from '../actions/badge.ts'
import * as enrolling from '../actions/enrolling.ts'
import { certificateToVerify } from '../actions/outcomes.ts'
import * as ratings from '../actions/ratings.ts'
import { calendarLink, calendarOf, courseShown, coursesShown, personalCalendar } from '../actions/reading.ts'
import * as register from '../actions/register.ts'
import * as signing from '../actions/signing.ts'
import type { skills } from '../codes.ts'
import { answerForm, closingForm, drawingForm, enrolForm, markForm, noFields, ratingForm } from '../forms.ts'
import { EnrolPage } from '../pages/enrol.tsx'
import { LessonPage, RegisterLinkPage } from '../pages/lesson.tsx'
import { OfferPage, StatusPage, VerifiedPage } from '../pages/mine.tsx'
import { CoursePage, CoursesPage } from '../pages/open.tsx'
import { RatingPage } from '../pages/rating.tsx'
import { SignPage } from '../pages/sign.tsx'
import { textIn } from '../rules/texts.ts'
import { textsOf } from '../store/editions.ts'
import { findEnrolment } from '../store/enrolments.ts'
import type { Rating } from '../store/ratings.ts'
import { courses, open } from '../urls.ts'

const routes = router()
export default routes.all

/** Guessing a link is hopeless; trying it is made slow as well. */
async function mayTry({ limits }: Outside, address_hash: string) {
  if (!(await limits.take(enrolling.linkLimit, address_hash))) throw new Refused({ form: 'courses.error.too_many' })
}

// --- looking --------------------------------------------------------------------------------------------------------

routes.open(open.list, async (ctx) => <CoursesPage courses={await coursesShown(ctx)} />)
routes.open(open.course, async (ctx, { slug }) => <CoursePage of={await courseShown(ctx, slug)} />)
routes.open(open.calendar, async (ctx, { slug }) => calendarOf(ctx, slug))

// --- enrolling ------------------------------------------------------------------------------------------------------

routes.openForm(open.enrol, enrolForm, {
  show: async (ctx, { slug }, form) => (
    <EnrolPage
      of={await courseShown(ctx, slug)}
      form={form}
      lists={{
        comuni: await comuni(ctx),
        bodies: (await organisations(ctx)).map(({ name }) => name),
      }}
    />
  ),
  async before({ limits }, _params, _input, { address_hash }) {
    if (!(await limits.take(enrolling.enrolLimit, address_hash))) throw new Refused({ form: 'courses.error.too_many' })
  },
  submit: async (ctx, { l, slug }, input) =>
    open.status.href({ l, token: await enrolling.enrolOpenly(ctx, slug, input) }),
})

routes.openForm(open.status, noFields, {
  show: async (ctx, { token }, form) => (
    <StatusPage of={await enrolling.enrolmentOfLink(ctx, token)} token={token} form={form} />
  ),
  submit: async (_ctx, { l, token }) => open.status.href({ l, token }),
})

for (const [address, deed] of [
  [open.withdraw, enrolling.withdrawByLink],
  [open.comeBack, enrolling.comeBackByLink],
] as const)
  routes.openForm(address, noFields, {
    show: async (ctx, { token }, form) => (
      <StatusPage of={await enrolling.enrolmentOfLink(ctx, token)} token={token} form={form} />
    ),
    before: (outside, _params, _input, { address_hash }) => mayTry(outside, address_hash),
    async submit(ctx, { l, token }) {
      await deed(ctx, token)
      return open.status.href({ l, token })
    },
  })

routes.openForm(open.rating, ratingForm, {
  async show(ctx, { token }, form) {
    const of = await ratings.ratingOfLink(ctx, token)
    return <RatingPage of={of} token={token} form={of.given ? filled(form, answersOf(of.given)) : form} />
  },
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, address_hash),
  async submit(ctx, { l, token }, input) {
    await ratings.rateByLink(ctx, token, input)
    return open.rating.href({ l, token })
  },
})
const answersOf = ({ understand, speak, read, write, manage, motivation }: Rating) =>
  ({ understand, speak, read, write, manage, motivation }) as Record<(typeof skills)[number], string>

// Shown once: only its hash is kept.
routes.openForm(open.myCalendar, noFields, {
  show: async (ctx, { token }, form) => (
    <StatusPage of={await enrolling.enrolmentOfLink(ctx, token)} token={token} form={form} />
  ),
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, address_hash),
  async submit(ctx, { token }) {
    const of = await enrolling.enrolmentOfLink(ctx, token)
    return <StatusPage of={of} token={token} form={emptyForm(ctx)} calendar={await calendarLink(ctx, token)} />
  },
})
routes.machine(open.personal, (ctx, { token }) => personalCalendar(ctx, token), false)

routes.openForm(open.offer, answerForm, {
  show: async (ctx, { l, token }, form) => (
    <OfferPage of={await enrolling.offerOfLink(ctx, token)} form={form} action={open.offer.href({ l, token })} />
  ),
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, address_hash),
  submit: async (ctx, { l, token }, { answer }) =>
    open.status.href({ l, token: await enrolling.answerByLink(ctx, token, answer) }),
})

/** No session is asked for: browsers look for a newer one by themselves. It holds nothing of anybody. */
for (const worker of [courses.worker, open.worker])
  routes.machine(worker, async () => ({
    type: 'text/javascript; charset=utf-8',
    body: assetText('roll-worker.js'),
  }))

// --- a teacher's link -----------------------------------------------------------------------------------------------

/** The register speaks the languages of the staff. */
const inStaffWords = (l: string) => {
  if (!staffLanguages.some((lang) => lang === l)) throw new NotFound()
}

routes.open(
  open.register,
  async (ctx, { l, token }) => {
    inStaffWords(l)
    const { edition, lessons } = await register.registerOfLink(ctx, token)
    return <RegisterLinkPage edition={edition} lessons={lessons} token={token} />
  },
  false,
)

async function lessonPage(
  ctx: Ctx,
  { l, token, lesson }: { l: string; token: string; lesson: string },
  forms: { mark?: Parameters<typeof LessonPage>[0]['mark']; closing?: Parameters<typeof LessonPage>[0]['closing'] },
  initials = false,
) {
  inStaffWords(l)
  const of = await register.lessonOfLink(ctx, token, lesson)
  return (
    <LessonPage
      of={initials ? register.withInitials(of) : of}
      doors={{
        mark: open.lesson.href({ l, token, lesson }),
        close: open.closing.href({ l, token, lesson }),
        back: open.register.href({ l, token }),
        correct: null,
        device: { worker: open.worker.href({ l }), without: open.withoutNetwork.href({ l, token, lesson }) },
      }}
      mark={forms.mark ?? blankForm(ctx.ambito_id)}
      closing={forms.closing ?? blankForm(ctx.ambito_id)}
      correction={null}
      signing={null}
      sign={
        (await signing.maySignOnScreen(ctx)) ? (enrolment) => open.sign.href({ l, token, lesson, enrolment }) : null
      }
    />
  )
}

routes.open(open.withoutNetwork, (ctx, params) => lessonPage(ctx, params, {}, true), false)
routes.openForm(open.lesson, markForm, {
  show: (ctx, params, form) => lessonPage(ctx, params, { mark: form }),
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, `register ${address_hash}`),
  async submit(ctx, { l, token, lesson }, input) {
    await register.linkMarks(ctx, token, lesson, input)
    return open.lesson.href({ l, token, lesson })
  },
})

routes.openForm(open.sign, drawingForm, {
  async show(ctx, { l, token, lesson, enrolment }, form) {
    inStaffWords(l)
    const of = await signing.toSign(ctx, await register.lessonOfLink(ctx, token, lesson), enrolment)
    return (
      <SignPage
        {...of}
        form={form}
        back={open.lesson.href({ l, token, lesson })}
        own={signing.signWords(ctx, of.row.enrolment.lang)}
      />
    )
  },
  before: (outside, _params, _input, { address_hash }) => mayTry(outside, `register ${address_hash}`),
  async submit(ctx, { l, token, lesson, enrolment }, { drawing }) {
    const of = await signing.toSign(ctx, await register.lessonOfLink(ctx, token, lesson), enrolment)
    await signing.sign(ctx, of, drawing)
    return open.lesson.href({ l, token, lesson })
  },
})

routes.openForm(open.closing, closingForm, {
  show: (ctx, params, form) => lessonPage(ctx, params, { closing: form }),
  async submit(ctx, { l, token, lesson }, input) {
    await register.linkCloses(ctx, token, lesson, input)
    return open.lesson.href({ l, token, lesson })
  },
})

// --- a certificate --------------------------------------------------------------------------------------------------

routes.machine(open.badgeKeys, badgeKeys, false)
routes.machine(open.badge, (ctx, { number }) => badgeOf(ctx, number), false)
routes.open(
  open.certificate,
  async (ctx, { number }) => {
    const certificate = await certificateToVerify(ctx, number)
    if (!certificate) return <VerifiedPage number={number.slice(0, 40)} of={null} />
    const enrolment = await findEnrolment(ctx, certificate.enrolment_id)
    const name = (await register.namesOf(ctx, [enrolment])).get(enrolment.id)
    const text = textIn(await textsOf(ctx, [enrolment.edition_id]), ctx.lang)
    return (
      <VerifiedPage
        number={certificate.number}
        of={{
          ...certificate,
          initials: name ? register.initialsOf(name) : '',
          course: text.title,
          own: text.own,
          revoked: certificate.revoked_at !== null,
        }}
      />
    )
  },
  false,
)
