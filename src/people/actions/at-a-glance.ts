/** What whoever serves a person should know without opening the file. */
import { daysBetween } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { currentExpiry } from '../rules/titles.ts'
import { may } from '../rules.ts'
import { countReadings } from '../store/contacts.ts'
import { findPerson, memberIds, titlesOf } from '../store.ts'

const SOON = 90

/** The expiry that comes within ninety days or is over, and how often the file was read. */
export async function atAGlance(ctx: Ctx, id: string) {
  allow(ctx.actor.can(may.open_file))
  const ids = await memberIds(ctx, (await findPerson(ctx, id)).canonical_id)
  const on = currentExpiry(await titlesOf(ctx, ids))
  const expiry = on ? { on, days: daysBetween(ctx.today, on) } : null
  return {
    expiry: expiry && expiry.days <= SOON ? expiry : null,
    readings: await countReadings(ctx, ids),
  }
}
export type AtAGlance = Awaited<ReturnType<typeof atAGlance>>
