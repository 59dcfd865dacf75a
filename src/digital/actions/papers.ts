/** Paper: the numbered register of an afternoon, the summary of a month, and what a person can do now, in their language. */
import { findOpening, openHours } from '../../desk/actions.ts'
import { looked } from '../../kernel/audit.ts'
import { addDays } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { document } from '../../kernel/documents/document.ts'
import { inSheets } from '../../kernel/documents/in-sheets.ts'
import { allow, NotFound } from '../../kernel/errors.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import type { Bytes } from '../../kernel/routes.ts'
import {
  isSigned,
  numberPrinting,
  type SheetKind,
  type Signing,
  sheetMark,
  signingOf,
} from '../../kernel/scans/scans.ts'
import { atAGlance, headLines } from '../../people/actions.ts'
import { settingOf } from '../../programme/actions.ts'
import { dayInWords } from '../../ui/words-of-time.ts'
import { type Alone, type TopicWord, topicWord } from '../codes.ts'
import { boardAddress, guideAddress, may, progressOf } from '../rules.ts'
import * as afternoons from '../store/afternoons.ts'
import { linesOf, sheetsOfOpening, sheetsOfPersons } from '../store/sheets.ts'
import { digital } from '../urls.ts'
import { figures } from './figures.ts'

/** What its sheets are called among all that come back. */
export const registerSheet = 'digital.register'
export const summarySheet = 'digital.summary'

const inDays = (day: string) => day.split('-').reverse().join('/')
const inMonths = (day: string) => inDays(day).slice(3)
const topicsIn = ({ t }: Ctx, topics: readonly string[]) =>
  topics.map((topic) => t(`digital.topic.${topicWord(topic)}`)).join(', ')

// --- the register of an afternoon -----------------------------------------------------------------------------------

export const registersSigned = async (ctx: Ctx, openings: readonly string[]) =>
  signingOf(ctx, registerSheet, await linesOf(ctx, 'opening_id', openings))
export const summariesSigned = async (ctx: Ctx, months: readonly string[]) =>
  signingOf(ctx, summarySheet, await linesOf(ctx, 'month_id', months))

async function namesOn(ctx: Ctx, sheets: readonly { person_id: string }[]) {
  const heads = await headLines(
    ctx,
    sheets.map(({ person_id }) => person_id),
  )
  return new Map(heads.map(({ id, latin, original }) => [id, [latin, original].filter(Boolean).join(' ')]))
}

/** @param only_missing the rows that stand on no signed sheet, with the numbers they have */
export async function afternoonRegister(ctx: Ctx, opening_id: string, only_missing = false): Promise<Bytes> {
  const { t } = ctx
  const opening = await findOpening(ctx, opening_id)
  allow(ctx.actor.can(may.see))
  const held = await afternoons.afternoonOf(ctx, opening_id)
  if (!held) throw new NotFound()
  const sheets = await sheetsOfOpening(ctx, opening_id)
  const names = await namesOn(ctx, sheets)
  looked(ctx, { what: 'digital.register', detail: { rows: sheets.length } })
  const missing = new Set((await registersSigned(ctx, [opening_id])).get(opening_id)?.missing)
  const lines = new Map<string[], string>()
  const rows = sheets.flatMap((sheet, at) => {
    if (only_missing && !missing.has(sheet.session_id)) return []
    const row = [
      String(at + 1),
      names.get(sheet.person_id) ?? '—',
      topicsIn(ctx, sheet.topics),
      t(`digital.alone.${sheet.alone as Alone}`),
      sheet.how === 'group' ? t('digital.how.group') : (sheet.minutes?.toString() ?? ''),
      '',
    ]
    lines.set(row, sheet.session_id)
    return [row]
  })
  const number = `${held.number}/${held.year}`
  const parts = inSheets(rows, { columns: 6, letters: { 1: 24, 2: 26, 3: 12 }, spare: only_missing ? 0 : 3 })
  if (!only_missing) for (const [at, row] of parts.flat().entries()) row[0] = String(at + 1)
  const thing = { kind: registerSheet, thing_id: opening_id }
  const printed = parts.map((own) => {
    const named = own.flatMap((row) => lines.get(row) ?? [])
    return { lines: named, spare: own.length - named.length }
  })
  const printing = await numberPrinting(ctx, thing, printed)
  const numbered = await Promise.all(
    parts.map(async (own, at, all) => {
      const words = { number, sheet: at + 1, sheets: all.length }
      const { mark, picture } = await sheetMark(
        ctx,
        { ...thing, sheet: at + 1, printing },
        t('digital.paper.mark', words),
      )
      const last = at === all.length - 1
      const summary = last ? t('digital.paper.summary', { sessions: sheets.length }) : ''
      const title = [t('digital.paper.sheet', words), only_missing && t('ui.signing.added')].filter(Boolean).join(' · ')
      return { own: { title, rows: own, mark, summary }, picture }
    }),
  )
  const data = {
    facts: [
      [t('digital.paper.number'), number],
      [t('digital.paper.day'), inDays(opening.on_day)],
      [t('digital.paper.hours'), `${opening.starts_at.slice(0, 5)}–${opening.ends_at.slice(0, 5)}`],
      [t('digital.paper.place'), opening.place || '—'],
    ],
    sheets: numbered.map(({ own }) => own),
    words: {
      heads: [
        t('digital.paper.row'),
        t('digital.paper.who'),
        t('digital.field.topics'),
        t('digital.field.alone'),
        t('digital.field.minutes'),
        t('digital.paper.signature'),
      ],
      signatures: [t('digital.paper.operator'), t('digital.paper.coordinator')],
    },
  }
  return document(ctx, 'digital/documents/register.typ', data, {
    title: t('digital.paper.register', { number }),
    name: `registro-digitale-${opening.on_day}`,
    pictures: numbered.map(({ picture }) => picture),
  })
}

// --- the summary of a month -----------------------------------------------------------------------------------------

export async function monthSummary(ctx: Ctx, month_id: string): Promise<Bytes> {
  const { t } = ctx
  const { first_day } = await afternoons.findMonth(ctx, month_id)
  const next = Temporal.PlainDate.from(first_day).add({ months: 1 }).toString()
  const found = await figures(ctx, { from: first_day, to: addDays(next, -1) })
  const thing = { kind: summarySheet, thing_id: month_id }
  const lines = (await linesOf(ctx, 'month_id', [month_id])).get(month_id) ?? []
  const printing = await numberPrinting(ctx, thing, [{ lines: lines.map(({ id }) => id) }])
  const { mark, picture } = await sheetMark(
    ctx,
    { ...thing, sheet: 1, printing },
    t('digital.paper.summary_mark', { month: inMonths(first_day) }),
  )
  const signed = await registersSigned(
    ctx,
    found.afternoons.map(({ opening_id }) => opening_id),
  )
  const figure = (name: keyof typeof found.whole): [string, string] => [
    t(`digital.sum.${name}`),
    String(found.whole[name]),
  ]
  const data = {
    mark,
    facts: [
      figure('afternoons'),
      figure('sessions'),
      figure('in_groups'),
      figure('people'),
      figure('new_people'),
      figure('identities'),
    ],
    afternoons: found.afternoons.map(({ opening_id, number, year, on_day, sessions }) => {
      const own = found.sheets.filter((sheet) => sheet.opening_id === opening_id)
      const alone = (what: Alone) => String(own.filter((sheet) => sheet.alone === what).length)
      return [
        `${number}/${year}`,
        inDays(on_day),
        String(sessions),
        String(new Set(own.map(({ person_id }) => found.people.get(person_id))).size),
        alone('yes'),
        alone('helped'),
        alone('no'),
        isSigned(signed.get(opening_id)) ? t('digital.paper.is_signed') : '—',
      ]
    }),
    topics: found.topics.map(({ topic, sessions, people, yes, helped, no }) => [
      t(`digital.topic.${topicWord(topic)}`),
      ...[sessions, people, yes, helped, no].map(String),
    ]),
    words: {
      afternoons: t('digital.sum.afternoons'),
      afternoon_heads: [
        t('digital.paper.number'),
        t('digital.paper.day'),
        t('digital.sum.sessions'),
        t('digital.sum.people'),
        t('digital.sum.yes'),
        t('digital.sum.helped'),
        t('digital.sum.no'),
        t('digital.paper.register_signed'),
      ],
      topics: t('digital.field.topics'),
      topic_heads: [
        t('digital.field.topics'),
        t('digital.sum.sessions'),
        t('digital.sum.people'),
        t('digital.sum.yes'),
        t('digital.sum.helped'),
        t('digital.sum.no'),
      ],
      note: t('digital.paper.topics_note'),
      signatures: [t('digital.paper.operator'), t('digital.paper.coordinator')],
    },
  }
  return document(ctx, 'digital/documents/summary.typ', data, {
    title: t('digital.paper.month', { month: inMonths(first_day) }),
    name: `riepilogo-digitale-${first_day.slice(0, 7)}`,
    pictures: [picture],
  })
}

// --- what I can do now ----------------------------------------------------------------------------------------------

/** For the person, in the language they read: what they do alone, what with help, what comes next. No need nobody must know of. */
export async function canDoPaper(ctx: Ctx, person_id: string, asked: string | null): Promise<Bytes> {
  const { files } = await atAGlance(ctx, person_id)
  allow(ctx.actor.can(may.see))
  const [head] = await headLines(ctx, [person_id])
  if (!head) throw new NotFound()
  const lang = [asked, head.language].find((one) => one && isLanguage(one)) ?? 'it'
  const t = ctx.words.translate(lang)
  const sheets = await sheetsOfPersons(ctx, files)
  const progress = progressOf(sheets)
  looked(ctx, { what: 'digital.can_do', person_id })
  const day = (on: string) => dayInWords(on, lang, ctx.today, 'date')
  const now = (alone: Alone) =>
    progress
      .filter((one) => one.now.alone === alone)
      .map(({ topic, now: { on_day } }) => [t(`digital.can.${topicWord(topic) as TopicWord}`), day(on_day)])
  const identity = sheets.find((sheet) => sheet.identity)?.identity
  const next = (await openHours(ctx)).openings.find(({ kind, on_day }) => kind === 'digital' && on_day > ctx.today)
  const board = await settingOf(ctx, boardAddress)
  const guide = await settingOf(ctx, guideAddress)
  const parts = [
    { title: t('digital.can_do.alone'), items: now('yes') },
    { title: t('digital.can_do.helped'), items: now('helped') },
    { title: t('digital.can_do.learning'), items: now('no') },
  ]
  const data = {
    name: { latin: head.latin, original: head.original },
    lead: t('digital.can_do.lead', { count: sheets.length }),
    parts: parts.filter(({ items }) => items.length > 0),
    identity: identity ? t(`digital.can_do.identity.${identity as 'spid'}`) : '',
    again: next
      ? t('digital.can_do.next', {
          day: dayInWords(next.on_day, lang, ctx.today),
          time: next.starts_at,
        })
      : t('digital.can_do.ask'),
    place: next?.place ?? '',
    try_title: t('digital.can_do.try'),
    colon: t('ui.labelled', { label: '', value: '' }),
    tries: [
      { name: t('digital.can_do.board'), address: board },
      { name: t('digital.can_do.guide'), address: guide },
    ],
    safe: t('digital.can_do.safe'),
  }
  return document(ctx, 'digital/documents/can-do.typ', data, {
    title: t('digital.can_do.title'),
    name: 'so-fare',
    lang,
  })
}

// --- coming back ----------------------------------------------------------------------------------------------------

const unsignedFirst = (signed: ReadonlyMap<string, Signing>, things: { id: string; text: string }[]) =>
  things.sort((a, b) => Number(isSigned(signed.get(a.id))) - Number(isSigned(signed.get(b.id))))

const called = ({ t }: Ctx, { number, year, on_day }: afternoons.Afternoon) =>
  `${t('digital.paper.register', { number: `${number}/${year}` })}, ${inDays(on_day)}`

export const registerSheets: SheetKind = {
  may: may.see,
  async file(ctx, { thing_id }) {
    if (!(await afternoons.afternoonOf(ctx, thing_id))) throw new NotFound()
  },
  async describe(ctx, ids) {
    return new Map(
      (await afternoons.afternoonsNamed(ctx, ids)).map((one) => [
        one.opening_id,
        { text: called(ctx, one), href: digital.afternoon.href({ opening: one.opening_id }) },
      ]),
    )
  },
  async offer(ctx) {
    const last = await afternoons.lastAfternoons(ctx)
    return unsignedFirst(
      await registersSigned(
        ctx,
        last.map(({ opening_id }) => opening_id),
      ),
      last.map((one) => ({ id: one.opening_id, text: called(ctx, one) })),
    )
  },
  async signers(ctx, opening_id) {
    const sheets = await sheetsOfOpening(ctx, opening_id)
    const names = await namesOn(ctx, sheets)
    return sheets.map(({ session_id, person_id }) => ({ id: session_id, person_id, name: names.get(person_id) ?? '—' }))
  },
}

const monthCalled = ({ t }: Ctx, { first_day }: { first_day: string }) =>
  t('digital.paper.month', { month: inMonths(first_day) })

export const summarySheets: SheetKind = {
  may: may.see_figures,
  async file(ctx, { thing_id }) {
    await afternoons.findMonth(ctx, thing_id)
  },
  async describe(ctx, ids) {
    return new Map(
      (await afternoons.monthsNamed(ctx, ids)).map((one) => [
        one.id,
        { text: monthCalled(ctx, one), href: digital.afternoons.href() },
      ]),
    )
  },
  async offer(ctx) {
    const last = await afternoons.lastMonths(ctx)
    return unsignedFirst(
      await summariesSigned(
        ctx,
        last.map(({ id }) => id),
      ),
      last.map((one) => ({ id: one.id, text: monthCalled(ctx, one) })),
    )
  },
}
