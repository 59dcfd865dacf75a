import { address } from '../kernel/address.ts'

/** The first screen: what waits for whoever has signed in. */
export const today = address('/staff')

export const signIn = address('/staff/accesso')
export const secondStep = address('/staff/accesso/codice')
export const setUp = address('/staff/accesso/app')
export const signOut = address('/staff/uscita')
export const activation = address('/staff/attivazione/:token')

export const me = address('/staff/io')
export const myPassword = address('/staff/io/password')
export const myLanguage = address('/staff/io/lingua')
export const myAmbito = address('/staff/io/ambito')
export const mySessions = address('/staff/io/sessioni')
export const myCodes = address('/staff/io/codici')

export const accounts = address('/staff/utenze')
export const newAccount = address('/staff/utenze/nuova')
export const account = address('/staff/utenze/:id')
export const accountRoles = address('/staff/utenze/:id/ruoli')
export const accountRoleEnd = address('/staff/utenze/:id/ruoli/:role/fine')
export const accountLink = address('/staff/utenze/:id/collegamento')
export const accountSecondFactor = address('/staff/utenze/:id/secondo-fattore')
export const accountDisabling = address('/staff/utenze/:id/disattivazione')
export const accountEnabling = address('/staff/utenze/:id/riattivazione')
