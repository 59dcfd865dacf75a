/** What the newsletter announces. Ids, days and numbers only. */
import { event } from '../kernel/events.ts'

export const issueSent = event<{ issue_id: string; on: string; sent: number }>('newsletter.issue_sent')
