import { address } from '../kernel/address.ts'

export const portal = {
  home: address('/:l/'),
  /** What the desk helps with, for one of the eight needs. */
  need: address('/:l/bisogni/:need'),
  project: address('/:l/progetto'),
  privacy: address('/:l/privacy'),
  accessibility: address('/:l/accessibilita'),
  contacts: address('/:l/contatti'),
  /** The installed front page, its worker, and what is shown when something is not there without a network. */
  manifest: address('/:l/manifest.webmanifest'),
  worker: address('/:l/offline.js'),
  offline: address('/:l/senza-rete'),
  robots: address('/robots.txt'),
  icon: address('/favicon.ico'),
  sitemap: address('/sitemap.xml'),
  languages: address('/staff/lingue'),
  switchLanguage: address('/staff/lingue/:language/stato'),
  checkLanguage: address('/staff/lingue/:language/controllo'),
}
