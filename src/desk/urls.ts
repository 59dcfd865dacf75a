import { address } from '../kernel/address.ts'

export const desk = {
  openings: address('/staff/sportello'),
  series: address('/staff/sportello/turni'),
  endSeries: address('/staff/sportello/turni/:series/fine'),
  /** The operator's work screen; `?arrivo=` and `?persona=` say who is in front of the desk, `?fatto=` which visit was just saved, `?da=` which one to start from. */
  work: address('/staff/sportello/:opening'),
  /** Says only that the queue of this opening changed. */
  changes: address('/staff/sportello/:opening/cambiamenti'),
  search: address('/staff/sportello/:opening/cerca'),
  newPerson: address('/staff/sportello/:opening/nuova-persona'),
  arrivals: address('/staff/sportello/:opening/arrivi'),
  call: address('/staff/sportello/:opening/arrivi/:arrival/chiamata'),
  leave: address('/staff/sportello/:opening/arrivi/:arrival/uscita'),
  undo: address('/staff/sportello/:opening/annulla'),
  information: address('/staff/sportello/:opening/informazioni'),
  list: address('/staff/sportello/:opening/elenco'),
  /** The register of the opening on paper, to be signed. */
  register: address('/staff/sportello/:opening/registro.pdf'),
  listExport: address('/staff/sportello/:opening/elenco/esporta'),
  visit: address('/staff/accessi/:visit'),
  withdrawal: address('/staff/accessi/:visit/annullamento'),
  note: address('/staff/persone/:person/note/nuova'),
}
