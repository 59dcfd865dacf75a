import { address } from '../kernel/address.ts'
import { apiDescription } from '../ui/urls.ts'

export const board = {
  // for everybody
  services: address('/:l/servizi'),
  service: address('/:l/servizi/:slug'),
  notices: address('/:l/bacheca'),
  notice: address('/:l/bacheca/:slug'),
  events: address('/:l/eventi'),
  event: address('/:l/eventi/:slug'),
  page: address('/:l/pagine/:slug'),
  search: address('/:l/cerca'),
  /** "Was this useful?": `:kind` is one of `kindInAddress`. */
  useful: address('/:l/utile/:kind/:slug'),
  signUp: address('/:l/eventi/:slug/iscrizione'),
  /** The personal link of who signed up. */
  mySignUp: address('/:l/eventi/:slug/iscrizione/:token'),
  calendar: address('/:l/eventi.ics'),
  eventCalendar: address('/:l/eventi/:slug/calendario.ics'),
  pictureFile: address('/immagini/:id'),
  feed: address('/:l/bacheca.atom'),

  // for machines
  openapi: apiDescription,
  hsds: address('/api/hsds'),
  hsdsServices: address('/api/hsds/services'),
  hsdsService: address('/api/hsds/services/:id'),
  hsdsOrganisations: address('/api/hsds/organizations'),
  hsdsOrganisation: address('/api/hsds/organizations/:id'),
  hsdsPlaces: address('/api/hsds/service_at_locations'),

  // for the staff
  items: address('/staff/bacheca'),
  create: address('/staff/bacheca/nuova/:kind'),
  item: address('/staff/bacheca/schede/:id'),
  source: address('/staff/bacheca/schede/:id/testo'),
  publication: address('/staff/bacheca/schede/:id/pubblicazione'),
  picture: address('/staff/bacheca/schede/:id/immagine'),
  pictureGone: address('/staff/bacheca/schede/:id/immagine/fine'),
  withdrawal: address('/staff/bacheca/schede/:id/ritiro'),
  comeback: address('/staff/bacheca/schede/:id/rientro'),
  cardCheck: address('/staff/bacheca/schede/:id/controllo'),
  serviceData: address('/staff/bacheca/schede/:id/servizio'),
  hours: address('/staff/bacheca/schede/:id/orari'),
  exceptions: address('/staff/bacheca/schede/:id/orari/eccezioni'),
  hoursGone: address('/staff/bacheca/schede/:id/orari/:hours/fine'),
  eventData: address('/staff/bacheca/schede/:id/evento'),
  cancellation: address('/staff/bacheca/schede/:id/annullamento'),
  attendance: address('/staff/bacheca/schede/:id/presenze'),
  attended: address('/staff/bacheca/schede/:id/presenze/nuova'),
  attendanceGone: address('/staff/bacheca/schede/:id/presenze/:attendance/ritiro'),
  translators: address('/staff/bacheca/traduzioni'),
  workList: address('/staff/bacheca/traduzioni/:language'),
  translation: address('/staff/bacheca/schede/:id/lingue/:language'),
  stillGood: address('/staff/bacheca/schede/:id/lingue/:language/ancora'),
  translationCheck: address('/staff/bacheca/schede/:id/lingue/:language/controllo'),
}

export const kindInAddress = { service: 'servizi', notice: 'bacheca', event: 'eventi', page: 'pagine' } as const
export const publicHref = (kind: keyof typeof kindInAddress, params: { l: string; slug: string }) =>
  ({ service: board.service, notice: board.notice, event: board.event, page: board.page })[kind].href(params)
