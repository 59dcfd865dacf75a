/** The meeting as calendars keep it: the same UID for ever, a higher SEQUENCE with every move. */
import { type CalendarEntry, calendarFile, calendarType } from '../../kernel/calendar.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Meeting } from '../store/meetings.ts'

/** In the language of the tavolo; no name of anybody in it. */
function entryOf(ctx: Ctx, meeting: Meeting): CalendarEntry {
  const t = ctx.words.translate('it')
  return {
    uid: `tavolo-${meeting.id}@${new URL(ctx.base_url).hostname}`,
    sequence: meeting.sequence,
    cancelled: meeting.cancelled_at !== null,
    stamp: ctx.now,
    day: meeting.on_day,
    starts_at: meeting.starts_at,
    ends_at: meeting.ends_at,
    title: t('tavolo.title'),
    ...(meeting.link && { description: meeting.link, url: meeting.link }),
    ...(whereOf(meeting) && { place: whereOf(meeting) }),
  }
}
const whereOf = ({ mode, place, link }: Meeting) =>
  mode === 'online' ? link : [place, mode === 'mixed' && link].filter(Boolean).join(' · ')

export function calendarOf(ctx: Ctx, meeting: Meeting) {
  const name = ctx.words.translate('it')('tavolo.title')
  return { type: calendarType, body: calendarFile({ name, lang: 'it', entries: [entryOf(ctx, meeting)] }) }
}

/** As part of a mail. Without an address of the project it is a file to be opened by hand. */
export function calendarForMail(ctx: Ctx, meeting: Meeting, organiser: string | undefined, guest: string) {
  const name = ctx.words.translate('it')('tavolo.title')
  const method = meeting.cancelled_at ? 'CANCEL' : 'REQUEST'
  return {
    name: 'incontro.ics',
    type: organiser ? `${calendarType}; method=${method}` : calendarType,
    body: calendarFile({
      name,
      lang: 'it',
      entries: [entryOf(ctx, meeting)],
      ...(organiser && { invites: { organiser, guest } }),
    }),
  }
}
