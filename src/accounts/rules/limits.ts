import type { Limit } from '../../kernel/limits.ts'

// Only wrong tries count. Who guesses from elsewhere uses up the account's tries for elsewhere, never those of the place
// where its owner usually signs in.
export const tries_of_account: Limit = { name: 'sign_in_account', points: 10, seconds: 900 }
export const tries_of_address: Limit = { name: 'sign_in_address', points: 40, seconds: 900 }
export const tries_of_usual_place: Limit = { name: 'sign_in_usual', points: 10, seconds: 900 }
export const codes_of_account: Limit = { name: 'second_step', points: 20, seconds: 3600 }
export const own_password: Limit = { name: 'own_password', points: 10, seconds: 900 }

export const minutes_of_challenge = 10
export const tries_of_challenge = 5
export const hours_of_link = 48
