import { address } from '../kernel/address.ts'

/** Searching is a POST: what was looked for stands in no address and no history. */
export const people = {
  search: address('/staff/persone'),
  create: address('/staff/persone/nuova'),
  file: address('/staff/persone/:id'),
  edit: address('/staff/persone/:id/dati'),
  /** Exactly the missing field: `:what` is a reason of `people.standing`. */
  missing: address('/staff/persone/:id/manca/:what'),
  names: address('/staff/persone/:id/nomi/nuovo'),
  citizenships: address('/staff/persone/:id/cittadinanze/nuova'),
  titles: address('/staff/persone/:id/titoli/nuovo'),
  title: address('/staff/persone/:id/titoli/:title/correzione'),
  notices: address('/staff/persone/:id/informative/nuova'),
  household: address('/staff/persone/:id/famiglia'),
  householdJoin: address('/staff/persone/:id/famiglia/:other'),
  householdEnd: address('/staff/persone/:id/famiglia/:membership/fine'),
  guardian: address('/staff/persone/:id/firma'),
  guardianSearch: address('/staff/persone/:id/firma/cerca'),
  guardianEnd: address('/staff/persone/:id/firma/:guardian/fine'),
  duplicates: address('/staff/stessa-persona'),
  twin: address('/staff/persone/:id/stessa-persona'),
  pair: address('/staff/stessa-persona/:one/:other'),
  mergeEnd: address('/staff/persone/:id/unioni/:merge/fine'),
  rowSplit: address('/staff/persone/:id/righe/:row/separazione'),
  registers: address('/staff/registri'),
  registerRun: address('/staff/registri/:run'),
  registerTake: address('/staff/registri/:run/importazione'),
  registerResume: address('/staff/registri/:run/ripresa'),
  registerRejects: address('/staff/registri/:run/righe-rifiutate'),
  matrix: address('/staff/requisiti'),
  matrixLine: address('/staff/requisiti/:about/:code'),
}
