/**
 * Five hundred certificates are not waited for: a job sets them fifty at a time, each part a paper of its own; killed, it goes on
 * with the first part that is not there.
 */
import type { Ctx } from '../../kernel/ctx.ts'
import { paperOf, typeset } from '../../kernel/documents/document.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { later, slowJob } from '../../kernel/events.ts'
import { keepFile, removeFile, serveFile } from '../../kernel/files/files.ts'
import { may } from '../rules/may.ts'
import { findEdition } from '../store/editions.ts'
import * as store from '../store/printings.ts'
import { certificatesNamed, certificatesOf } from '../store/register.ts'
import { seenEdition } from './editions.ts'
import { certificateData, certificatesTemplate } from './papers.ts'

export const certificates_at_once = 50
/** Names stand in them: they are there to be printed now. */
const kept_hours = 48

export async function startPrinting(ctx: Ctx, edition_id: string) {
  await seenEdition(ctx, edition_id)
  allow(ctx.actor.can(may.see_people))
  const valid = (await certificatesOf(ctx, edition_id)).filter((one) => !one.revoked_at)
  refuse({ form: valid.length === 0 ? 'courses.certificates.empty' : undefined })
  const id = await store.insertPrinting(
    ctx,
    edition_id,
    valid.map((one) => one.id),
  )
  later(ctx, printCertificates, { printing_id: id })
  return id
}

export async function printingSeen(ctx: Ctx, id: string) {
  const printing = await store.findPrinting(ctx, id)
  const edition = await seenEdition(ctx, printing.edition_id)
  allow(ctx.actor.can(may.see_people))
  const total = printing.certificates.length
  const parts = (await store.partsOf(ctx, id)).map(({ part, file_id }) => ({
    part,
    file_id,
    from: part * certificates_at_once + 1,
    to: Math.min(total, (part + 1) * certificates_at_once),
  }))
  return { id, edition, total, done: parts.reduce((sum, { from, to }) => sum + to - from + 1, 0), parts }
}
export type Printing = Awaited<ReturnType<typeof printingSeen>>

export async function partPrinted(ctx: Ctx, id: string, part: string) {
  const found = (await printingSeen(ctx, id)).parts.find((one) => String(one.part) === part)
  if (!found) throw new NotFound()
  return { ...(await serveFile(ctx, 'courses', found.file_id)), name: `attestati-${found.from}-${found.to}.pdf` }
}

export const printCertificates = slowJob<{ printing_id: string }>(
  'courses.print_certificates',
  async ({ open }, { printing_id }) => {
    for (;;) {
      const next = await open((ctx) => nextPart(ctx, printing_id))
      if (!next) return
      const bytes = await typeset(certificatesTemplate, next.data, next.ready, next.pictures)
      await open(async (ctx) => {
        const upload = { name: 'attestati.pdf', type: 'application/pdf', bytes }
        const { id } = await keepFile(ctx, upload, { owner: 'courses', purpose: 'certificates', accept: ['pdf'] })
        if (!(await store.insertPart(ctx, { printing_id, part: next.part, file_id: id })))
          await removeFile(ctx, 'courses', id)
      })
    }
  },
)

async function nextPart(ctx: Ctx, printing_id: string) {
  const { certificates, edition_id } = await store.findPrinting(ctx, printing_id)
  const there = new Set((await store.partsOf(ctx, printing_id)).map(({ part }) => part))
  const parts = Math.ceil(certificates.length / certificates_at_once)
  const part = Array.from({ length: parts }, (_, at) => at).find((at) => !there.has(at))
  if (part === undefined) return null
  const own = certificates.slice(part * certificates_at_once, (part + 1) * certificates_at_once)
  const { data, pictures, options } = await certificateData(
    ctx,
    await findEdition(ctx, edition_id),
    await certificatesNamed(ctx, own),
  )
  return { part, data, pictures, ready: await paperOf(ctx, options) }
}

/** Once a day: what was printed is taken away. */
export async function sweepPrintings(ctx: Ctx) {
  for (const { id } of await store.oldPrintings(ctx, ctx.now.subtract({ hours: kept_hours }))) {
    const files = (await store.partsOf(ctx, id)).map(({ file_id }) => file_id)
    await store.dropPrinting(ctx, id)
    for (const file of files) await removeFile(ctx, 'courses', file)
  }
}
