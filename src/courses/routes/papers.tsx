import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import { emptyForm, type Form, filled } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import * as planning from '../actions/editions.ts'
import * as outcomes from '../actions/outcomes.ts'
import { pactOf, pactsToSign } from '../actions/pacts.ts'
import { certificatePaper, certificatesPaper, lessonSheets, registerPaper } from '../actions/papers.ts'
import { partPrinted, printingSeen, startPrinting } from '../actions/printing.ts'
import * as register from '../actions/register.ts'
import * as forms from '../forms.ts'
import { CertificatesPage, RevocationPage } from '../pages/outcomes.tsx'
import { PrintingPage } from '../pages/printing.tsx'
import { may } from '../rules/may.ts'
import * as enrolments from '../store/enrolments.ts'
import { certificatesOf, findCertificate } from '../store/register.ts'
import { courses } from '../urls.ts'

const routes = router()
export default routes.all

routes.page(courses.sheets, may.see_people, async (ctx, { edition }) =>
  lessonSheets(ctx, await planning.seenEdition(ctx, edition)),
)
routes.page(courses.register, may.see_people, async (ctx, { edition }) =>
  registerPaper(ctx, await planning.seenEdition(ctx, edition)),
)
routes.page(courses.pacts, may.see_people, async (ctx, { edition }) =>
  pactsToSign(ctx, await planning.seenEdition(ctx, edition)),
)
routes.page(courses.pact, may.see_people, (ctx, { enrolment }) => pactOf(ctx, enrolment))
routes.page(courses.certificate, may.see_people, async (ctx, { certificate }) =>
  certificatePaper(ctx, await outcomes.certificateSeen(ctx, certificate)),
)

routes.page(courses.allCertificates, may.see_people, async (ctx, { edition: id }) => {
  const edition = await planning.seenEdition(ctx, id)
  const valid = (await certificatesOf(ctx, id)).filter((one) => !one.revoked_at)
  if (valid.length === 0) throw new NotFound()
  return certificatesPaper(ctx, edition, valid)
})

async function certificatesPage(
  ctx: Ctx,
  id: string,
  form: Form<typeof forms.issueForm>,
  problem?: string | undefined,
) {
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
    enough: (own.percent ?? 0) * 100 >= threshold,
  }))
  return (
    <CertificatesPage
      edition={edition}
      threshold={threshold}
      ready={ready}
      certificates={certificates.map((one) => ({ ...one, name: names.get(one.enrolment_id) as register.Named }))}
      form={filled(form, { enrolments: ready.flatMap((one) => (one.enough ? [one.id] : [])) })}
      problem={problem}
      certifies={ctx.actor.can(may.certify)}
    />
  )
}

routes.form(courses.print, may.see_people, forms.noFields, {
  show: (ctx, { edition }, form) => certificatesPage(ctx, edition, emptyForm(ctx), form.errors.form),
  submit: async (ctx, { edition }) => courses.printing.href({ printing: await startPrinting(ctx, edition) }),
})
routes.page(courses.printing, may.see_people, async (ctx, { printing }) => (
  <PrintingPage of={await printingSeen(ctx, printing)} />
))
routes.page(courses.printed, may.see_people, (ctx, { printing, part }) => partPrinted(ctx, printing, part))

routes.form(courses.certificates, may.see_people, forms.issueForm, {
  show: (ctx, { edition }, form) => certificatesPage(ctx, edition, form),
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
