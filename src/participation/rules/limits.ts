/** A school or a telephone company has one address for many people: the doors are wide, and close only to machines. */
import type { Limit } from '../../kernel/limits.ts'

export const voiceLimit: Limit = { name: 'participation.voice', points: 60, seconds: 3600 }
export const questionnaireLimit: Limit = { name: 'participation.questionnaire', points: 60, seconds: 3600 }
export const letterLimit: Limit = { name: 'participation.letter', points: 40, seconds: 3600 }
/** Guessing a link is hopeless; trying it is made slow as well. */
export const linkLimit: Limit = { name: 'participation.link', points: 60, seconds: 600 }

/** A questionnaire is answered within two months of being asked. */
export const survey_days = 60
/** Whoever waits for an answer is forgotten after so long: nobody promised to keep an address for ever. */
export const wish_days = 365
/** A thread that has ended loses name, address and number after so long. */
export const letter_days = 365
