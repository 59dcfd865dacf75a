import { address } from '../kernel/address.ts'

/** Without an account. A code opens one appointment; opening changes nothing. */
export const booking = {
  kinds: address('/:l/prenota'),
  /** Before `slots`, in whose place it stands. */
  byCode: address('/:l/prenota/codice'),
  /** `?dal=` the first day shown. */
  slots: address('/:l/prenota/:kind'),
  book: address('/:l/prenota/:kind/:slot'),
  mine: address('/:l/appuntamento/:code'),
  calendar: address('/:l/appuntamento/:code/calendario.ics'),
  move: address('/:l/appuntamento/:code/sposta'),
  cancel: address('/:l/appuntamento/:code/disdetta'),
  /** For whoever works at the desk: times and desks, no names. */
  staffCalendar: address('/calendario/sportello/:token'),
}

export const desk = {
  openings: address('/staff/sportello'),
  series: address('/staff/sportello/turni'),
  /** Its slots, and a day that is different. */
  oneSeries: address('/staff/sportello/turni/:series'),
  seriesDay: address('/staff/sportello/turni/:series/giorno'),
  endSeries: address('/staff/sportello/turni/:series/fine'),
  /** One opening besides the weekly ones does not take place. */
  cancelOpening: address('/staff/sportello/aperture/:opening/annullamento'),
  /** Before `work`, whose place they would take. `?dal=`, `?tipo=`. */
  appointments: address('/staff/sportello/appuntamenti'),
  give: address('/staff/sportello/appuntamenti/nuovo'),
  calendar: address('/staff/sportello/appuntamenti/calendario'),
  /** Who has only a telephone. */
  calls: address('/staff/sportello/appuntamenti/telefonate'),
  appointment: address('/staff/sportello/appuntamenti/:appointment'),
  moveAppointment: address('/staff/sportello/appuntamenti/:appointment/sposta'),
  cancelAppointment: address('/staff/sportello/appuntamenti/:appointment/disdetta'),
  called: address('/staff/sportello/appuntamenti/:appointment/telefonata'),
  slip: address('/staff/sportello/appuntamenti/:appointment/foglietto'),
  /** The operator's work screen; `?arrivo=` and `?persona=` say who is in front of the desk, `?fatto=` which visit was just saved, `?da=` which one to start from. */
  work: address('/staff/sportello/:opening'),
  /** Says only that the queue of this opening changed. */
  changes: address('/staff/sportello/:opening/cambiamenti'),
  search: address('/staff/sportello/:opening/cerca'),
  newPerson: address('/staff/sportello/:opening/nuova-persona'),
  arrivals: address('/staff/sportello/:opening/arrivi'),
  call: address('/staff/sportello/:opening/arrivi/:arrival/chiamata'),
  leave: address('/staff/sportello/:opening/arrivi/:arrival/uscita'),
  arrived: address('/staff/sportello/:opening/appuntamenti/:appointment/arrivo'),
  missed: address('/staff/sportello/:opening/appuntamenti/:appointment/assenza'),
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
