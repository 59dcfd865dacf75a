/**
 * Letters as they travel. What is the same for every reader of a language is set once; into its gaps go the address, the
 * links and the number of each letter, since there may be ten thousand.
 */
import MailComposer from 'nodemailer/lib/mail-composer'
import { encodeWord } from 'nodemailer/lib/mime-funcs'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Letter } from '../store/issues.ts'
import { emblem } from './emblem.ts'
import { linksOf, tokenMark, tokenOf } from './links.ts'

export type Sender = Pick<Ctx, 'seal' | 'base_url'> & {
  issue_id: string
  mail_from: string
  sender: string
  reply_to: string | undefined
  list_id: string
  date: Date
}
type To = { subscriber_id: string; email: string; name: string }

/** One line of base64 each; a letter that is not ASCII makes it base64. */
const gap = {
  text: `Ω${'T'.repeat(55)}`,
  html: `Ω${'H'.repeat(55)}`,
  to: 'reader@reader.invalid',
  number: 'number-of-reader',
}
const base64 = (text: string) => Buffer.from(text.replaceAll(/\r?\n/g, '\r\n')).toString('base64')
const lines = (text: string) => base64(text).replaceAll(/.{76}(?=.)/g, '$&\r\n')

/** @returns what makes the letter of one reader */
export async function openEnvelopes(from: Sender, letter: Letter) {
  const host = new URL(from.base_url).hostname
  const { name: filename, type: contentType, body: content, id: cid } = emblem()
  const bytes = await new MailComposer({
    from: { name: from.sender, address: from.mail_from },
    to: gap.to,
    ...(from.reply_to && { replyTo: from.reply_to }),
    subject: letter.subject,
    text: gap.text,
    html: gap.html,
    textEncoding: 'base64',
    attachments: [{ filename, contentType, content, cid, contentDisposition: 'inline' }],
    headers: {
      'List-Id': from.list_id,
      // Whole on its line: what reads it is often a simple program.
      'List-Unsubscribe': { prepared: true, value: `<${linksOf(from, letter.language, tokenMark).leave}>` },
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
      Precedence: 'bulk',
    },
    // The same at every attempt: a server that remembers takes it for the one it has.
    messageId: `<${from.issue_id}.${gap.number}@${host}>`,
    date: from.date,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
  const whole = bytes.toString('latin1')
  const gaps = [`To: ${gap.to}`, gap.number, tokenMark, base64(gap.text), base64(gap.html)]
  const found = gaps.map((one) => [whole.indexOf(one), one] as const).sort(([a], [b]) => a - b)
  if (found.some(([at]) => at < 0)) throw new Error('a letter without its gaps')

  return (to: To) => {
    const token = tokenOf(from, to.subscriber_id)
    const mine = (text: string) => lines(text.replaceAll(tokenMark, token))
    const filled = new Map([
      [gaps[0], `To: ${named(to)}`],
      [gaps[1], to.subscriber_id],
      [gaps[2], token],
      [gaps[3], mine(letter.text)],
      [gaps[4], mine(letter.html)],
    ])
    const parts: string[] = []
    let at = 0
    for (const [start, one] of found) {
      parts.push(whole.slice(at, start), filled.get(one) ?? '')
      at = start + one.length
    }
    return Buffer.from([...parts, whole.slice(at)].join(''), 'latin1')
  }
}

/** A name is always written in code: no letter of it can mean anything to a mail program. */
const named = ({ name, email }: To) =>
  name ? `${encodeWord(name, 'B', 52).replaceAll(' ', '\r\n ')}\r\n <${email}>` : email
