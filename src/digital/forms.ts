import { z } from 'zod'
import { choice, day, id, several, text, whole } from '../kernel/form.ts'
import { alones, areas, devices, identities, nextSteps, topicCodes } from './codes.ts'

const what = {
  topics: several(choice(topicCodes), 9),
  device: choice(devices).optional(),
  minutes: whole(1, 240).optional(),
  next_step: choice(nextSteps).optional(),
  area: choice(areas).optional(),
  service: text(80).optional(),
}
export const helpForm = z.object({
  person_id: id(),
  arrival_id: id().optional(),
  alone: choice(alones),
  identity: choice(identities).optional(),
  ...what,
})
/** One topic shown to several people at once; who then did it alone is said one by one. */
export const groupForm = z.object({ people: several(id(), 40), alone_people: several(id(), 40), ...what })
export const searchForm = z.object({ who: text(200), arrival_id: id().optional() })
export const undoForm = z.object({ visit: id() })
export const periodForm = z.object({ dal: day().optional(), al: day().optional() })
export const pastForm = z.object({ on_day: day() })
export const noFields = z.object({})

export type HelpInput = z.infer<typeof helpForm>
export type GroupInput = z.infer<typeof groupForm>
