import { permissions } from '../../kernel/actor.ts'

export const may = permissions('monitoring', {
  /** Figures and what they count; small cells are hidden from all but the office. */
  see_figures: ['office', 'region', 'operator', 'lawyer', 'self_adviser', 'coordinator', 'admin'],
  see_cells: ['office', 'region'],
  /** Cells under five, too. */
  see_small_cells: ['office'],
  /** Who stands behind a figure, and the evidence of each. */
  open_people: ['office'],
  /** Who is not countable yet and why: those who can mend it. */
  see_not_countable: ['office', 'operator', 'lawyer', 'self_adviser', 'coordinator'],
  /** Opens the form that mends it. */
  mend: ['operator', 'lawyer', 'self_adviser', 'coordinator'],
  see_definitions: ['office', 'region', 'operator', 'lawyer', 'self_adviser', 'coordinator', 'admin'],
  change_definitions: ['office'],
  export: ['office'],
  /** Who took which list out of the house, and what for. */
  see_exported: ['office', 'admin'],
})
