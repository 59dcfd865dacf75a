/** The register of an opening on paper: printed with its visits, signed, scanned back; it files itself by its mark. */
import { romeClock } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { document } from '../../kernel/documents/document.ts'
import { inSheets } from '../../kernel/documents/in-sheets.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import type { Bytes } from '../../kernel/routes.ts'
import { isSigned, numberPrinting, type SheetKind, sheetMark, signingOf } from '../../kernel/scans/scans.ts'
import { headLines } from '../../people/actions.ts'
import { openDayList } from '../actions.ts'
import { needLabel } from '../codes.ts'
import { may } from '../rules.ts'
import { findOpening, linesOf, openingsForSheets, openingsNamed } from '../store/openings.ts'
import { desk } from '../urls.ts'

/** What its sheets are called among all that come back. */
export const registerSheet = 'desk.register'

const inDays = (day: string) => day.split('-').reverse().join('/')

export const registersSigned = async (ctx: Ctx, openings: readonly string[]) =>
  signingOf(ctx, registerSheet, await linesOf(ctx, openings))

/** @param only_missing the visits that stand on no signed sheet, with the numbers they have */
export async function openingRegister(ctx: Ctx, opening_id: string, only_missing = false): Promise<Bytes> {
  const { t } = ctx
  const { opening, visits } = await openDayList(ctx, opening_id)
  const standing = visits.filter((visit) => !visit.withdrawn_at).reverse()
  const all_rows = await rowsOf(ctx, standing)
  const whole = t('desk.register.summary', { visits: all_rows.length, people: peopleIn(visits) })
  const missing = new Set((await registersSigned(ctx, [opening.id])).get(opening.id)?.missing)
  const line = new Map(all_rows.map((row, at) => [row, standing[at]?.id ?? '']))
  const rows = only_missing ? all_rows.filter((row) => missing.has(line.get(row) ?? '')) : all_rows
  const parts = inSheets(rows, { columns: 7, letters: { 2: 17, 3: 24 } })
  const thing = { kind: registerSheet, thing_id: opening.id }
  if (rows.length === 0) for (const [at, row] of parts.flat().entries()) row[0] = String(at + 1)
  const printed = parts.map((own) => ({
    lines: own.flatMap((row) => line.get(row) ?? []),
    spare: rows.length === 0 ? own.length : 0,
  }))
  const printing = await numberPrinting(ctx, thing, printed)
  const sheets = await Promise.all(
    parts.map(async (own, at, all) => {
      const words = { sheet: at + 1, sheets: all.length }
      const { mark, picture } = await sheetMark(
        ctx,
        { ...thing, sheet: at + 1, printing },
        t('desk.register.mark', words),
      )
      const summary = at === all.length - 1 ? whole : ''
      const title = [t('desk.register.sheet', words), only_missing && t('ui.signing.added')].filter(Boolean).join(' · ')
      return { own: { title, rows: own, mark, summary }, picture }
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
    const signed = await registersSigned(
      ctx,
      openings.map(({ id }) => id),
    )
    return openings
      .sort((a, b) => Number(isSigned(signed.get(a.id))) - Number(isSigned(signed.get(b.id))))
      .map((one) => ({ id: one.id, text: called(ctx, one) }))
  },
  async signers(ctx, opening_id) {
    const { visits } = await openDayList(ctx, opening_id)
    const standing = visits.filter((visit) => !visit.withdrawn_at).reverse()
    const rows = await rowsOf(ctx, standing)
    return standing.map(({ id, person_id }, at) => ({
      id,
      name: rows[at]?.[2] ?? '',
      ...(person_id && { person_id }),
    }))
  },
}
