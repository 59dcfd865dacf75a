/** Events for people's own calendars. */

import { type CalendarEntry, calendarFile, calendarType } from '../../kernel/calendar.ts'
import { instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Bytes } from '../../kernel/routes.ts'
import type { EventShown, EventShownLine } from '../actions/reading.ts'
import { plainTextOf } from '../rules/markdown.ts'
import type { Note } from '../rules/texts.ts'
import { board } from '../urls.ts'

type Of = Pick<Ctx, 't' | 'lang' | 'base_url' | 'ambito'>

export const calendarOf = (of: Of, events: readonly EventShownLine[]): Bytes => ({
  type: calendarType,
  body: calendarFile({
    name: `${of.t('board.events.title')} · ${of.ambito.name}`,
    lang: of.lang,
    entries: events.map((event) => entry(of, { ...event, description: event.summary })),
  }),
})

export const calendarOfOne = (of: Of, { text, event, place }: EventShown): Bytes => ({
  type: calendarType,
  name: `${text.slug}.ics`,
  body: calendarFile({
    name: text.title,
    lang: of.lang,
    entries: [
      entry(of, {
        ...event,
        ...text,
        place,
        description: [text.summary, plainTextOf(text.body)].filter(Boolean).join('\n\n'),
      }),
    ],
  }),
})

type Event = {
  id: string
  slug: string
  title: string
  description: string
  notes: readonly Note[]
  on_day: string
  starts_at: string
  ends_at: string
  place_text: string
  place: { name: string; address: string } | undefined
  sequence: number
  cancelled_at: unknown
  changed_at: string
}

function entry({ t, lang, base_url }: Of, event: Event): CalendarEntry {
  return {
    // The same in every language: whoever takes both calendars has one appointment.
    uid: event.id,
    sequence: event.sequence,
    cancelled: event.cancelled_at !== null,
    stamp: instantOf(event.changed_at),
    day: event.on_day,
    starts_at: event.starts_at,
    ends_at: event.ends_at,
    title: event.cancelled_at
      ? t('ui.labelled', { label: t('board.event.cancelled'), value: event.title })
      : event.title,
    description: [event.notes.map((note) => t(`board.note.${note}.long`)).join(' '), event.description]
      .filter(Boolean)
      .join('\n\n'),
    place: event.place ? `${event.place.name}, ${event.place.address}` : event.place_text,
    url: base_url + board.event.href({ l: lang, slug: event.slug }),
  }
}
