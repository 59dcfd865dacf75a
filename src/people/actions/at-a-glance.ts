/** What whoever serves a person should know without opening the file. */
import { daysBetween } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { currentExpiry } from '../rules/titles.ts'
import { may } from '../rules.ts'
import { countReadings } from '../store/contacts.ts'
import { filesOf, titlesOf } from '../store.ts'

const SOON = 90

/** Which files are this person, the expiry that comes within ninety days or is over, and how often they were read. */
export async function atAGlance(ctx: Ctx, id: string) {
  allow(ctx.actor.can(may.open_file))
  const { ids: files } = await filesOf(ctx, id)
  const on = currentExpiry(await titlesOf(ctx, files))
  const expiry = on ? { on, days: daysBetween(ctx.today, on) } : null
  return {
    files,
    expiry: expiry && expiry.days <= SOON ? expiry : null,
    readings: await countReadings(ctx, files),
  }
}
export type AtAGlance = Awaited<ReturnType<typeof atAGlance>>
