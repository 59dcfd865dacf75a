/**
 * Mail is queued in the transaction that wants it, and sent by a job: what is rolled back is never sent, what is committed
 * is never lost. See mail-delivery.ts for its way.
 */
import { domainToASCII } from 'node:url'
import type { Ctx } from './ctx.ts'
import { later } from './events.ts'

export type Mail = {
  /** Exactly one address. */
  to: string
  /** `<module>.<word>`, for counting; never a name. */
  kind: string
  subject: string
  text: string
  html?: string
  /** `List-Unsubscribe` and its like, `In-Reply-To`, `References`, `Auto-Submitted`, `X-…`. */
  headers?: Record<string, string>
  /** `id`: shown inside the html, which names it `cid:…`. */
  attachments?: readonly { name: string; type: string; body: Uint8Array | string; id?: string }[]
  /** Without one, made from the id: the same at every attempt. */
  message_id?: string
}

export type Written = Omit<Mail, 'to' | 'kind' | 'message_id' | 'attachments'> & {
  attachments: { name: string; type: string; base64: string; id?: string }[]
}

export const sendMailJob = { name: 'kernel.send_mail' }

/** @returns the id of the queued mail */
export async function sendMail(ctx: Ctx, { to, kind, message_id, attachments = [], ...rest }: Mail) {
  const to_address = singleAddress(to)
  if (!to_address) throw new Error(`mail ${kind}: not exactly one address`)
  for (const name of Object.keys(rest.headers ?? {}))
    if (!ours.test(name)) throw new Error(`mail ${kind}: the header ${name} is not the caller's`)
  const id = crypto.randomUUID()
  const written: Written = {
    ...rest,
    subject: oneLine(rest.subject),
    ...(rest.headers && { headers: Object.fromEntries(Object.entries(rest.headers).map(([n, v]) => [n, oneLine(v)])) }),
    attachments: attachments.map(({ name, type, body, id: shown_as }) => ({
      name,
      type,
      base64: Buffer.from(body).toString('base64'),
      ...(shown_as && { id: shown_as }),
    })),
  }
  await ctx.db
    .insertInto('kernel.mail')
    .values({
      ambito_id: ctx.ambito_id,
      id,
      to_address,
      kind,
      message: JSON.stringify(written),
      message_id: message_id ?? `<${id}@${new URL(ctx.base_url).hostname}>`,
    })
    .execute()
  // Two lanes of the four workers at most: a slow server never holds up the facts.
  later(ctx, sendMailJob, { mail_id: id }, { queue: `${sendMailJob.name}.${id.charCodeAt(0) % 2}` })
  return id
}

const ours = /^(list-[a-z-]+|in-reply-to|references|auto-submitted|precedence|x-[a-z-]+)$/i
const oneLine = (text: string) => text.replaceAll(/[\u0000-\u001F\u007F\u2028\u2029]+/g, ' ').trim()

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
const local = new RegExp(`^${atom}(\\.${atom})*$`)
const label = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/

/**
 * The one address in `text`, its domain in ASCII; undefined when it is anything else. Our own grammar, since libraries read
 * lists, groups, comments and line breaks where a person typed one address (`a@x.it\r\nBcc: b@x.it` was delivered to b).
 */
export function singleAddress(text: string) {
  const at = text.lastIndexOf('@')
  const [name, typed] = [text.slice(0, at), text.slice(at + 1)]
  if (at < 1 || name.length > 64 || !local.test(name) || /[^\p{L}\p{M}\p{N}.-]/u.test(typed)) return undefined
  const domain = domainToASCII(typed)
  const labels = domain.split('.')
  const last = labels.at(-1) ?? ''
  if (labels.length < 2 || !labels.every((one) => label.test(one)) || /^\d+$/.test(last)) return undefined
  return name.length + domain.length < 254 ? `${name}@${domain}` : undefined
}
