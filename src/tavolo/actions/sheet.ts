import type { Ctx } from '../../kernel/ctx.ts'
import { document, type Picture } from '../../kernel/documents/document.ts'
import { inSheets } from '../../kernel/documents/in-sheets.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import type { Bytes } from '../../kernel/routes.ts'
import { isSigned, numberPrinting, type SheetKind, sheetMark, signingOf } from '../../kernel/scans/scans.ts'
import { may } from '../rules/may.ts'
import { stillOpen } from '../rules/meetings.ts'
import * as store from '../store/meetings.ts'
import * as members from '../store/members.ts'
import { tavolo } from '../urls.ts'
import { bodiesByName } from './members.ts'
import { factsOf, inDays, wordsOf } from './papers.ts'

/** What its sheets are called among all that come back. */
export const meetingSheet = 'tavolo.meeting'

/** Who came by a platform has signed there. */
async function whoSigns(ctx: Ctx, meetings: readonly string[]) {
  const came = await store.attendancesIn(ctx, meetings)
  return Map.groupBy(
    came.filter(({ how }) => how !== 'platform'),
    ({ meeting_id }) => meeting_id,
  )
}

export async function sheetsSigned(ctx: Ctx, meetings: readonly string[]) {
  const sign = await whoSigns(ctx, meetings)
  const lines = (id: string) =>
    (sign.get(id) ?? []).map(({ seat_id, recorded_at }) => ({ id: seat_id, at: recorded_at }))
  return signingOf(ctx, meetingSheet, new Map(meetings.map((id) => [id, lines(id)])))
}

/** @param only_missing those who came and stand on no signed sheet */
export async function signatureSheet(ctx: Ctx, id: string, only_missing = false): Promise<Bytes> {
  const meeting = await store.findMeeting(ctx, id)
  allow(ctx.actor.can(may.keep))
  refuse(stillOpen(meeting))
  const t = wordsOf(ctx)
  const bodies = await bodiesByName(ctx)
  const missing = new Set((await sheetsSigned(ctx, [id])).get(id)?.missing)
  const seats = (await members.seatsOn(ctx, meeting.on_day))
    .filter((seat) => !only_missing || missing.has(seat.id))
    .map(({ id: seat, name, organisation_id }) => ({ seat, row: ['', bodies.get(organisation_id) ?? '', name, ''] }))
    .toSorted((a, b) => a.row.join(' ').localeCompare(b.row.join(' '), 'it'))
  const seat_of = new Map(seats.map(({ seat, row }) => [row, seat]))
  const parts = inSheets([...seat_of.keys()], {
    columns: 4,
    letters: { 1: 26, 2: 26 },
    spare: only_missing ? 0 : 3,
  })
  const thing = { kind: meetingSheet, thing_id: id }
  const printed = parts.map((rows) => {
    const lines = rows.flatMap((row) => seat_of.get(row) ?? [])
    return { lines, spare: only_missing ? 0 : rows.length - lines.length }
  })
  const printing = await numberPrinting(ctx, thing, printed)
  for (const [at, row] of parts.flat().entries()) row[0] = String(at + 1)
  const sheets = []
  const pictures: Picture[] = []
  for (const [part, rows] of parts.entries()) {
    const words = { sheet: part + 1, sheets: parts.length, day: inDays(meeting.on_day) }
    const ref = { ...thing, sheet: part + 1, printing }
    const { mark, picture } = await sheetMark(ctx, ref, t('tavolo.paper.mark', words))
    pictures.push(picture)
    const title = [t('tavolo.paper.sheet', words), only_missing && t('ui.signing.added')].filter(Boolean).join(' · ')
    sheets.push({ title, facts: factsOf(t, meeting), rows, mark })
  }
  const data = {
    sheets,
    words: {
      heads: [t('tavolo.paper.number'), t('tavolo.member.body'), t('tavolo.member.name'), t('tavolo.paper.signature')],
      signatures: [t('tavolo.paper.chair_signs')],
    },
  }
  return document(ctx, 'tavolo/documents/sheet.typ', data, {
    title: t('tavolo.paper.sheets'),
    name: `tavolo-${meeting.on_day}-foglio-firme`,
    lang: 'it',
    pictures,
  })
}

export const meetingSheetKind: SheetKind = {
  may: may.keep,
  async file(ctx, { thing_id }) {
    await store.findMeeting(ctx, thing_id)
  },
  async describe(ctx, ids) {
    const all = (await store.listMeetings(ctx)).filter(({ id }) => ids.includes(id))
    return new Map(
      all.map((one) => [
        one.id,
        {
          text: ctx.t('tavolo.meeting.of', { day: inDays(one.on_day) }),
          href: tavolo.meeting.href({ meeting: one.id }),
        },
      ]),
    )
  },
  async offer(ctx) {
    const all = (await store.listMeetings(ctx)).filter(
      ({ cancelled_at, on_day }) => !cancelled_at && on_day <= ctx.today,
    )
    const signed = await sheetsSigned(
      ctx,
      all.map(({ id }) => id),
    )
    return all
      .toSorted((a, b) => Number(isSigned(signed.get(a.id))) - Number(isSigned(signed.get(b.id))))
      .map(({ id, on_day }) => ({ id, text: ctx.t('tavolo.meeting.of', { day: inDays(on_day) }) }))
  },
  async signers(ctx, id) {
    return ((await whoSigns(ctx, [id])).get(id) ?? []).map(({ seat_id, name }) => ({ id: seat_id, name }))
  },
}
