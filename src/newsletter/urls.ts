import { address } from '../kernel/address.ts'

export const newsletter = {
  // for everybody
  subscribe: address('/:l/newsletter'),
  asked: address('/:l/newsletter/quasi-fatto'),
  confirm: address('/:l/newsletter/conferma/:token'),
  /** The personal page of a subscription, and what can be done there. */
  mine: address('/:l/newsletter/scelte/:token'),
  pause: address('/:l/newsletter/scelte/:token/pausa'),
  stay: address('/:l/newsletter/scelte/:token/resto'),
  erase: address('/:l/newsletter/scelte/:token/cancellazione'),
  myData: address('/:l/newsletter/scelte/:token/dati.json'),
  /** What mail programs press by themselves (RFC 8058), and people in the letter. */
  leave: address('/:l/newsletter/fine/:token'),

  // for the staff
  issues: address('/staff/newsletter'),
  create: address('/staff/newsletter/nuovo'),
  issue: address('/staff/newsletter/numeri/:id'),
  words: address('/staff/newsletter/numeri/:id/testi/:language'),
  contents: address('/staff/newsletter/numeri/:id/contenuti'),
  preview: address('/staff/newsletter/numeri/:id/anteprima/:language'),
  letter: address('/staff/newsletter/numeri/:id/anteprima/:language/lettera.html'),
  tryOut: address('/staff/newsletter/numeri/:id/prova'),
  dispatch: address('/staff/newsletter/numeri/:id/invio'),
  takeBack: address('/staff/newsletter/numeri/:id/ritiro'),
  halt: address('/staff/newsletter/numeri/:id/fermo'),
  goOn: address('/staff/newsletter/numeri/:id/ripresa'),
  doubts: address('/staff/newsletter/numeri/:id/dubbi'),
  changes: address('/staff/newsletter/numeri/:id/cambi'),
  subscribers: address('/staff/newsletter/iscritti'),
  subscribersExport: address('/staff/newsletter/iscritti/esporta'),
  remove: address('/staff/newsletter/iscritti/:id/fine'),
}
