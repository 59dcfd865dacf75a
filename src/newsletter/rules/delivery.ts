/** What an answer of the mail server means for one letter, and when it is tried again. */
export type Answer = { responseCode?: number; command?: string; code?: string; message: string }
export type Verdict =
  /** Nobody's letter goes out: the server itself, our name or our password. */
  | { kind: 'trouble'; said: string }
  | { kind: 'again'; said: string }
  /** `suppress`: the address itself is wrong, and is not written to again. */
  | { kind: 'refused'; said: string; suppress: boolean }
  | { kind: 'doubted'; said: string }

/** `ended`: the last dot may have gone, so the server may have taken it. */
export function verdictOf({ responseCode, command = '', code, message }: Answer, ended: boolean): Verdict {
  const said = withoutAddresses(`${responseCode || code || ''} ${message}`.trim())
  if (!responseCode) return { kind: ended ? 'doubted' : 'again', said }
  if (!ended && ['MAIL FROM', 'CONN', 'EHLO', 'HELO', 'AUTH', 'STARTTLS'].some((word) => command.startsWith(word)))
    return { kind: 'trouble', said }
  if (responseCode < 500) return { kind: 'again', said }
  return { kind: 'refused', said, suppress: isWrongAddress(responseCode, message, command) }
}

export const saysGone = (status: string) => /^5\.(1\.\d{1,3}|2\.1)$/.test(status)

/** RFC 3463: 5.1.x is the address, 5.2.1 a mailbox that is closed; without such a code, what was said of the recipient. */
function isWrongAddress(code: number, message: string, command: string) {
  const [status] = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(message) ?? []
  if (status !== undefined) return saysGone(status)
  return command === 'RCPT TO' && [550, 551, 553].includes(code)
}

/** An answer often repeats the address; it is kept where more people read. */
export const withoutAddresses = (said: string) =>
  said
    .replaceAll(/<?[^\s<>]+@[^\s<>]+>?/g, '…')
    .replaceAll(/[\u0000-\u001F\u007F]+/g, ' ')
    .slice(0, 300)

/** After the first refusal for now, the second, …; then it is given up, some two days later. */
const pauses = [1, 5, 15, 60, 180, 360, 720, 1440]
export const minutesUntilAgain = (attempts: number) => pauses[attempts - 1]

/** A server that takes nothing is asked less and less often. */
const troublePauses = [1, 2, 5, 15, 30, 60]
export const minutesOfTrouble = (troubles: number) =>
  troublePauses[Math.min(troubles, troublePauses.length) - 1] as number
