/** Mails that say that a letter did not arrive (RFC 3464), as servers send them back hours or days later. */
import { saysGone } from './delivery.ts'

export type Bounce = { issue_id: string; subscriber_id: string; status: string; gone: boolean }

/** One mail, or many as mail programs keep them in one file (mbox). */
export const mailsIn = (text: string) => text.split(/^From .*$/m).filter((mail) => /\S/.test(mail))

/**
 * Whose letter it was stands in the Message-ID that comes back with it: two numbers nobody can guess, so that a stranger
 * cannot unsubscribe anybody by writing to us. Undefined for anything else.
 */
export function bounceIn(mail: string): Bounce | undefined {
  // Lines may have been folded, or broken for the journey.
  const text = mail.replaceAll(/=\r?\n/g, '').replaceAll(/\r?\n[ \t]+/g, ' ')
  const failed = /^Action:\s*failed\b/im.test(text)
  const [, status] = /^Status:\s*(5\.\d{1,3}\.\d{1,3})\b/im.exec(text) ?? []
  const id = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}'
  const [, issue_id, subscriber_id] = new RegExp(`^Message-ID:\\s*<(${id})\\.(${id})@`, 'im').exec(text) ?? []
  if (!failed || !status || !issue_id || !subscriber_id) return undefined
  return { issue_id, subscriber_id, status, gone: saysGone(status) }
}
