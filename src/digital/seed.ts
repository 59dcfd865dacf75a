/** A fictitious afternoon: two people helped today, each by herself. */
import { openDesk } from '../desk/actions.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { createPerson, giveNotice, recordTitle } from '../people/actions.ts'
import { recordHelp } from './actions/helping.ts'
import world from './lists/demonstration.json' with { type: 'json' }

export async function fillDemonstration(ctx: Ctx) {
  if (ctx.ambito.slug !== 'lodi') return
  const opening = await openDesk(ctx, { kind: 'digital', starts_at: '15:00', ends_at: '18:00', place: '' })
  for (const { known, title, notice, sheet } of world.people) {
    const person_id = await createPerson(ctx, known as Parameters<typeof createPerson>[1], { demo: true })
    await recordTitle(ctx, person_id, { status: 'VALIDO', seen: true, ...title } as Parameters<typeof recordTitle>[2])
    await giveNotice(ctx, person_id, { language: notice, how: 'explained' })
    await recordHelp(ctx, opening, { ...(sheet as Omit<Parameters<typeof recordHelp>[2], 'person_id'>), person_id })
  }
}
