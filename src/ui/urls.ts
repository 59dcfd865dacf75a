import { address } from '../kernel/address.ts'

/** Addresses the frame itself points to; the pages behind them belong to `portal` and `accounts`. */
export const publicHome = address('/:l/')
export const privacyPage = address('/:l/privacy')
export const accessibilityPage = address('/:l/accessibilita')
export const contactsPage = address('/:l/contatti')
export const searchPage = address('/:l/cerca')
export const newsletterPage = address('/:l/newsletter')
export const manifestFile = address('/:l/manifest.webmanifest')
/** All that programs may ask, described. */
export const apiDescription = address('/api/openapi.json')
export const staffHome = address('/staff')
export const signIn = address('/staff/accesso')
export const signOut = address('/staff/uscita')
