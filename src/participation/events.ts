/** What participation announces. Ids, codes and days only: never a word of what people said. */
import { event } from '../kernel/events.ts'
import type { Face, Service } from './codes.ts'

/** A theme asks for a place on the agenda of the tavolo; what it is about is asked of `themeForTable` (actions.ts). */
export const themeProposed = event<{ theme_id: string; on: string }>('participation.theme_proposed')
/** "You said, we did" can be read by everybody. */
export const replyPublished = event<{ theme_id: string; on: string }>('participation.reply_published')

/** A questionnaire at the end of an activity has been answered; raw, as it was said. */
export const surveyAnswered = event<{
  answer_id: string
  person_id: string
  service: Service
  useful: Face
  on: string
}>('participation.survey_answered')
/** Keyed in by mistake: what it announced was not said. */
export const surveyWithdrawn = event<{ answer_id: string; useful: Face; on: string }>('participation.survey_withdrawn')
