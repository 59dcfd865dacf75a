import { z } from 'zod'
import { choice, day, longText, several, text, tick } from '../kernel/form.ts'
import { countings } from './rules/definitions.ts'

export const definitionForm = z.object({
  since: day(),
  name_it: text(500),
  name_en: text(500),
  says_it: text(500),
  says_en: text(500),
  counts: choice(countings),
  kinds: several(text(80)),
  more_kinds: longText(2000).optional(),
  actions: several(choice(['00', '01', '02', '03'])),
  parent: text(40).optional(),
  note: longText(2000).optional(),
  /** Without it the change is only tried. */
  save: tick(),
})
export type DefinitionInput = z.infer<typeof definitionForm>
