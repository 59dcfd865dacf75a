/** Both sign the service sheet on the mediator's screen: a simple electronic signature, kept as a file, told to the body. */
import type { Ctx } from '../../kernel/ctx.ts'
import { pictureOf, strokesOf } from '../../kernel/drawing.ts'
import { NotFound, refuse } from '../../kernel/errors.ts'
import { keepFile } from '../../kernel/files/files.ts'
import { settingOf } from '../../programme/actions.ts'
import { contactsPage } from '../../ui/urls.ts'
import type { SignInput } from '../forms.ts'
import { signsOnScreen } from '../rules/settings.ts'
import * as hours from '../store/hours.ts'
import { open } from '../urls.ts'
import { confirm } from './confirming.ts'
import { gist, link, statusLink, write } from './letters.ts'
import { jobOfLink } from './working.ts'

export const maySignOnScreen = (ctx: Ctx) => settingOf(ctx, signsOnScreen)

/** What is about to be signed: the last report of the call behind her link. */
export async function toSign(ctx: Ctx, token: string) {
  const { call } = await jobOfLink(ctx, token)
  const report = await hours.reportOf(ctx, call.id)
  if (!report || !(await maySignOnScreen(ctx))) throw new NotFound()
  return { call, report }
}

export async function signOnScreen(ctx: Ctx, token: string, { signer, job = '', mediator, body }: SignInput) {
  const { call } = await toSign(ctx, token)
  const drawn = { mediator: strokesOf(mediator), body: strokesOf(body) }
  refuse({
    mediator: drawn.mediator ? undefined : 'mediation.error.not_drawn',
    body: drawn.body ? undefined : 'mediation.error.not_drawn',
  })
  const { report_id } = await confirm(ctx, call.id, { signer, job }, 'screen')
  const signs = { mediator: { signer: call.mediator_name as string, job: '' }, body: { signer, job } }
  for (const side of ['mediator', 'body'] as const) {
    const bytes = pictureOf(drawn[side] as NonNullable<typeof drawn.body>)
    const { id: file_id } = await keepFile(
      ctx,
      { name: `${side}.png`, type: 'image/png', bytes },
      { owner: 'mediation', purpose: 'signature', accept: ['png'] },
    )
    await hours.insertSignature(ctx, { report_id, side, call_id: call.id, file_id, ...signs[side] })
  }
  const to = { email: call.contact_email, lang: call.contact_lang }
  const when = [{ starts_at: call.starts_at as string, ends_at: call.ends_at as string }]
  // Whoever held the telephone, the service reads at its own address that its hours were signed.
  await write(
    ctx,
    to,
    'signed',
    ['mediation.mail.signed.subject', { number: call.number }],
    [
      ['mediation.mail.signed.text', await gist(ctx, call, when, to.lang)],
      link(ctx, contactsPage.href({ l: to.lang })),
      link(ctx, open.status.href({ l: to.lang, token: await statusLink(ctx, call) })),
    ],
  )
}
