/**
 * A line to the mail server over which many mails go, one after the other. All but the last dot of a mail is sent before
 * `may_end` is asked: until then the server cannot have taken it, so whoever claims a mail claims it at the last moment there is.
 */
import { Readable } from 'node:stream'
import { greet, lineTo } from './mail-delivery.ts'

export type Line = Awaited<ReturnType<typeof openLine>>
/** `may_end` said no: nothing was taken, and the line is closed. */
export class NotEnded extends Error {}

export async function openLine(smtp_url: string) {
  const connection = lineTo(smtp_url)
  let broken: Error | undefined
  let failed: ((fault: Error) => void) | undefined
  const over = (fault: Error) => {
    broken ??= fault
    failed?.(fault)
  }
  connection.on('error', over)
  connection.on('end', () => over(new Error('the line was closed')))
  await new Promise<void>((ready, fail) => {
    failed = fail
    greet(connection, smtp_url, (fault) => (fault ? fail(fault) : ready()))
  }).catch((fault) => {
    connection.close()
    throw fault
  })
  failed = undefined

  return {
    get usable() {
      return broken === undefined
    },
    /** @throws what the server answered; the line may be used again as long as it is `usable` */
    async carry(envelope: { from: string; to: string }, bytes: Buffer, may_end: () => Promise<boolean>) {
      const text = async function* () {
        yield bytes
        if (!(await may_end())) throw new NotEnded()
      }
      const message = Readable.from(text())
      // What the generator throws comes here first: nodemailer wraps it in an error of its own.
      let why: Error | undefined
      message.once('error', (fault) => {
        why = fault
      })
      try {
        await new Promise<void>((done, fail) => {
          failed = fail
          connection.send({ from: envelope.from, to: [envelope.to], size: bytes.length }, message, (fault) =>
            fault ? fail(fault) : done(),
          )
        })
      } catch (fault) {
        if (why) {
          broken ??= why
          connection.close()
          throw why
        }
        await this.again()
        throw fault
      } finally {
        failed = undefined
      }
    },
    /** After a refusal the server is told that this mail is over. */
    async again() {
      if (broken) return
      await new Promise<void>((done) => {
        failed = () => done()
        connection.reset((fault) => {
          if (fault) broken ??= fault
          done()
        })
      })
    },
    close() {
      if (broken) connection.close()
      else connection.quit()
    },
  }
}
