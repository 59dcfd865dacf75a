import { address } from '../kernel/address.ts'

export const digital = {
  afternoons: address('/staff/digitale'),
  figures: address('/staff/digitale/andamento'),
  figuresExport: address('/staff/digitale/andamento/esporta'),
  /** Back with paper: sheets of a day gone by. */
  past: address('/staff/digitale/giorno'),
  summary: address('/staff/digitale/mesi/:month/riepilogo.pdf'),
  /** What this person can do now, in their language (`?lingua=`). */
  canDo: address('/staff/digitale/persone/:person/so-fare.pdf'),
  /** The screen of an afternoon; `?persona=` and `?arrivo=` say who sits there, `?fatto=` which sheet was just saved, `?da=` which one to start from. */
  afternoon: address('/staff/digitale/:opening'),
  search: address('/staff/digitale/:opening/cerca'),
  newPerson: address('/staff/digitale/:opening/nuova-persona'),
  group: address('/staff/digitale/:opening/gruppo'),
  undo: address('/staff/digitale/:opening/annulla'),
  /** Nobody came, and it was held. */
  held: address('/staff/digitale/:opening/tenuto'),
  register: address('/staff/digitale/:opening/registro.pdf'),
}
