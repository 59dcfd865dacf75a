/** The register of an opening on paper: printed with its visits, signed, scanned back; it files itself by its mark. */
import { romeClock } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { document } from '../../kernel/documents/document.ts'
import { inSheets } from '../../kernel/documents/in-sheets.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import type { Bytes } from '../../kernel/routes.ts'
import { papersOf, type SheetKind, sheetMark } from '../../kernel/scans/scans.ts'
import { headLines } from '../../people/actions.ts'
import { openDayList } from '../actions.ts'
import { needLabel } from '../codes.ts'
import { may } from '../rules.ts'
import { openingsForSheets, openingsNamed } from '../store/openings.ts'
import { findOpening } from '../store.ts'
import { desk } from '../urls.ts'

/** What its sheets are called among all that come back. */
export const registerSheet = 'desk.register'

const inDays = (day: string) => day.split('-').reverse().join('/')

export async function openingRegister(ctx: Ctx, opening_id: string): Promise<Bytes> {
  const { t } = ctx
  const { opening, visits } = await openDayList(ctx, opening_id)
  const rows = await rowsOf(ctx, visits.filter((visit) => !visit.withdrawn_at).reverse())
  const whole = t('desk.register.summary', { visits: rows.length, people: peopleIn(visits) })
  const sheets = await Promise.all(
    inSheets(rows, { columns: 7, letters: { 2: 17, 3: 24 } }).map(async (own, at, all) => {
      const words = { sheet: at + 1, sheets: all.length }
      const { mark, picture } = await sheetMark(
        ctx,
        { kind: registerSheet, thing_id: opening.id, sheet: at + 1 },
        t('desk.register.mark', words),
      )
      const summary = at === all.length - 1 ? whole : ''
      return { own: { title: t('desk.register.sheet', words), rows: own, mark, summary }, picture }
    }),
  )
  const data = {
    facts: [
      [t('desk.openings.kind'), t(`desk.kind.${opening.kind}` as TextKey)],
      [t('desk.register.day'), inDays(opening.on_day)],
      [t('desk.register.hours'), `${opening.starts_at.slice(0, 5)}–${opening.ends_at.slice(0, 5)}`],
      [t('desk.openings.place'), opening.place || '—'],
    ],
    sheets: sheets.map(({ own }) => own),
    words: {
      heads: [
        t('desk.register.number'),
        t('desk.list.at'),
        t('desk.list.who'),
        t('desk.visit.needs'),
        t('desk.visit.outcome'),
        t('desk.visit.minutes'),
        t('desk.register.signature'),
      ],
      signatures: [t('desk.register.operator'), t('desk.register.coordinator')],
    },
  }
  return document(ctx, 'desk/documents/opening.typ', data, {
    title: t('desk.register.title', { day: inDays(opening.on_day) }),
    name: `registro-${opening.on_day}`,
    pictures: sheets.map(({ picture }) => picture),
  })
}

type Visits = Awaited<ReturnType<typeof openDayList>>['visits']
const peopleIn = (visits: Visits) =>
  new Set(visits.flatMap(({ person_id, withdrawn_at }) => (person_id && !withdrawn_at ? [person_id] : []))).size

async function rowsOf(ctx: Ctx, visits: Visits) {
  const { t, lang } = ctx
  const ids = visits.flatMap((visit) => visit.person_id ?? [])
  const heads = new Map((await headLines(ctx, ids)).map((head) => [head.id, head]))
  return visits.map((visit, at) => {
    const head = heads.get(visit.person_id ?? '')
    return [
      String(at + 1),
      romeClock(visit.recorded_at),
      head ? [head.latin, head.original].filter(Boolean).join(' ') : t('desk.information.title'),
      (visit.needs ?? []).map((need) => needLabel(need, lang)).join(', '),
      t(`desk.outcome.${visit.outcome}` as TextKey),
      visit.minutes === null ? '' : String(visit.minutes),
      '',
    ]
  })
}

// --- coming back ----------------------------------------------------------------------------------------------------

const called = ({ t }: Ctx, { kind, on_day }: { kind: string; on_day: string }) =>
  `${t(`desk.kind.${kind}` as TextKey)}, ${inDays(on_day)}`

export const registerSheets: SheetKind = {
  may: may.see,
  async file(ctx, { thing_id }) {
    await findOpening(ctx, thing_id)
  },
  async describe(ctx, ids) {
    const openings = await openingsNamed(ctx, ids)
    return new Map(
      openings.map((one) => [one.id, { text: called(ctx, one), href: desk.list.href({ opening: one.id }) }]),
    )
  },
  async offer(ctx) {
    const openings = await openingsForSheets(ctx)
    const back = new Set(
      (
        await papersOf(
          ctx,
          registerSheet,
          openings.map(({ id }) => id),
        )
      ).map(({ thing_id }) => thing_id),
    )
    return openings
      .sort((a, b) => Number(back.has(a.id)) - Number(back.has(b.id)))
      .map((one) => ({ id: one.id, text: called(ctx, one) }))
  },
}
