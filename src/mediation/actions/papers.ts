/**
 * Papers: the service sheet of a call, the month of a mediator or of a body, the list at the door, the sheet of whoever is
 * helped. No name of anybody helped. They are the office's proofs: in Italian whoever prints them, but for what a person fills in.
 */
import { dayOf, instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { document, type Picture } from '../../kernel/documents/document.ts'
import { allow, NotFound } from '../../kernel/errors.ts'
import { fileBytes } from '../../kernel/files/files.ts'
import { isLanguage, type TextKey } from '../../kernel/i18n.ts'
import { papersOf, type SheetKind, sheetMark } from '../../kernel/scans/scans.ts'
import { referencesOf } from '../../programme/actions.ts'
import { referenceText } from '../../programme/parts.tsx'
import { comuni, languageName } from '../../territory/actions.ts'
import { dayInWords, numberInWords, timeInWords } from '../../ui/words-of-time.ts'
import { fieldLabel } from '../codes.ts'
import { centsOf } from '../rules/hours.ts'
import { may } from '../rules/may.ts'
import { isClaimable, isPayable } from '../rules/states.ts'
import * as calls from '../store/calls.ts'
import * as contracts from '../store/contracts.ts'
import * as hours from '../store/hours.ts'
import { mediation } from '../urls.ts'
import { type SheetLine, sheetOf } from './closing.ts'

const lang = 'it'
const inHours = (minutes: number) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
const comuneNames = async (ctx: Ctx) => new Map((await comuni(ctx)).map(({ code, name }) => [code, name]))
const clock = (at: string) => timeInWords(instantOf(at), lang)
const span = (ctx: Ctx, from: string, to: string) =>
  `${dayInWords(dayOf(instantOf(from)), lang, ctx.today)}, ${clock(from)} – ${clock(to)}`
const money = (cents: number) => numberInWords(cents / 100, lang, { style: 'currency', currency: 'EUR' })
const inDays = (at: string) => dayInWords(dayOf(instantOf(at)), lang, '', 'numeric')

// --- the service sheet ----------------------------------------------------------------------------------------------

/** What its sheets are called among all that come back signed. */
export const serviceSheetKind = 'mediation.service'

/** Request, assignment, real times, countersignature: signed on the screen, confirmed by link, or to be signed in ink. */
export async function serviceSheet(ctx: Ctx, call_id: string) {
  const row = await hours.workOn(ctx, call_id)
  const t = ctx.words.translate(lang)
  const facts: [string, string][] = [
    [t('mediation.call.body'), row.body_name],
    [t('mediation.gist.comune'), (await comuneNames(ctx)).get(row.comune) ?? row.comune],
    [t('mediation.gist.language'), row.language ? languageName(row.language, lang) : ''],
    [t('mediation.gist.field'), fieldLabel(row.field, lang)],
    [t('mediation.ask.mode'), t(`mediation.mode.${row.mode}` as TextKey)],
    [t('mediation.call.mediator'), row.mediator_name],
    [t('mediation.paper.booked'), span(ctx, row.starts_at, row.ends_at)],
    [t('mediation.paper.held'), row.started_at && row.ended_at ? span(ctx, row.started_at, row.ended_at) : ''],
    [t('mediation.month.minutes'), row.paid_minutes === null ? '' : inHours(row.paid_minutes)],
    [
      t('mediation.report.outcome'),
      row.absent ? t('mediation.report.absent') : row.outcome ? t(`mediation.outcome.${row.outcome}` as TextKey) : '',
    ],
    [
      t('mediation.paper.confirmed'),
      row.confirmed_at ? `${signerOf(row.signer ?? '', row.signer_job ?? '')} · ${inDays(row.confirmed_at)}` : '',
    ],
  ]
  const { mark, picture } = await sheetMark(
    ctx,
    { kind: serviceSheetKind, thing_id: call_id, sheet: 1 },
    t('mediation.paper.mark', { number: row.number }),
  )
  const drawn = await drawnOn(ctx, row.report_id)
  const signatures = [t('mediation.paper.sign_mediator'), t('mediation.paper.sign_body')]
  return document(
    ctx,
    'mediation/documents/service-sheet.typ',
    { facts, mark, signatures, drawn: drawn.map(({ picture, alt, words }) => ({ picture: picture.name, alt, words })) },
    {
      title: t('mediation.paper.service', { number: row.number }),
      name: `scheda-intervento-M-${row.number}`,
      lang,
      references: await written(ctx, row.contract_id),
      pictures: [picture, ...drawn.map(({ picture }) => picture)],
    },
  )
}
const signerOf = (signer: string, job: string) => (job ? `${signer}, ${job}` : signer)

/** Signatures drawn on the screen under this very report, and what each of them is. */
async function drawnOn(ctx: Ctx, report_id: string | null) {
  const t = ctx.words.translate(lang)
  const drawn = []
  for (const { side, signer, job, file_id, signed_at } of report_id ? await hours.signaturesOf(ctx, report_id) : []) {
    const label = t(side === 'body' ? 'mediation.paper.sign_body' : 'mediation.paper.sign_mediator')
    const picture: Picture = { name: `${side}.png`, bytes: await fileBytes(ctx, 'mediation', file_id) }
    const when = { day: inDays(signed_at), time: clock(signed_at) }
    const words = [label, signerOf(signer, job), t('mediation.paper.drawn', when)]
    drawn.push({ picture, alt: `${label}: ${signer}`, words })
  }
  return drawn
}

const written = async (ctx: Ctx, contract_id: string) =>
  (await referencesOf(ctx, 'mediation.contract', contract_id)).map((one) =>
    referenceText(one, ctx.words.translate(lang), lang),
  )

const called = ({ t }: Ctx, { number, body_name }: { number: number; body_name: string }) =>
  t('mediation.paper.called', { number, body: body_name })
export const serviceSheets: SheetKind = {
  may: may.coordinate,
  async file(ctx, { thing_id }) {
    await hours.workOn(ctx, thing_id)
  },
  async describe(ctx, ids) {
    const found = await calls.callsNamed(ctx, ids)
    return new Map(
      found.map((one) => [one.id, { text: called(ctx, one), href: mediation.call.href({ call: one.id }) }]),
    )
  },
  async offer(ctx) {
    const rows = await calls.listCalls(ctx, { states: ['done', 'reported', 'absent', 'confirmed', 'locked'] })
    return rows.map((one) => ({ id: one.id, text: called(ctx, one) }))
  },
}
/** Sheets of a call that came back signed in ink. */
export const signedSheets = async (ctx: Ctx, call_id: string) =>
  (await papersOf(ctx, serviceSheetKind, [call_id])).length

// --- the month ------------------------------------------------------------------------------------------------------

type OfMonth = { mediator: { id: string; name: string; contract_id: string } } | { body: { id: string; name: string } }
export async function monthPaper(ctx: Ctx, month: string, of: OfMonth) {
  const mediator = 'mediator' in of ? of.mediator : undefined
  const whose = 'mediator' in of ? { mediator_id: of.mediator.id } : { body_id: of.body.id }
  const rows = (await sheetOf(ctx, month, whose)).filter(({ state }) => isPayable(state))
  const t = ctx.words.translate(lang)
  const names = await comuneNames(ctx)
  return document(
    ctx,
    'mediation/documents/month.typ',
    {
      who: 'mediator' in of ? of.mediator.name : of.body.name,
      headers: [
        t('mediation.call.number'),
        t('mediation.gist.time'),
        mediator ? t('mediation.call.body') : t('mediation.call.mediator'),
        t('mediation.gist.comune'),
        t('mediation.month.minutes'),
        t('mediation.call.state'),
      ],
      rows: rows.map((row) => [
        `M-${row.number}`,
        span(ctx, row.started_at ?? row.starts_at, row.ended_at ?? row.ends_at),
        mediator ? row.body_name : row.mediator_name,
        names.get(row.comune) ?? row.comune,
        inHours(minutesOf(row)),
        t(row.started_at === null ? 'mediation.month.late' : (`mediation.state.${row.state}` as TextKey)),
      ]),
      sums: [
        [t('mediation.month.done'), inHours(sum(rows))],
        [t('mediation.month.confirmed'), inHours(sum(rows.filter(({ state }) => isClaimable(state))))],
        ...(mediator ? await worthOf(ctx, mediator.contract_id, rows) : []),
      ],
    },
    {
      title: t('mediation.paper.month', { month: month.split('-').toReversed().join('/') }),
      name: `mediazione-${month}`,
      lang,
      references: mediator ? await written(ctx, mediator.contract_id) : [],
    },
  )
}
const minutesOf = (row: SheetLine) => row.confirmed_minutes ?? row.paid_minutes ?? 0
const sum = (rows: readonly SheetLine[]) => rows.reduce((all, row) => all + minutesOf(row), 0)

/** For the invoice: the contract, its rate, what the hours are worth by it, what she spent. */
async function worthOf(ctx: Ctx, contract_id: string, rows: readonly SheetLine[]): Promise<[string, string][]> {
  const t = ctx.words.translate(lang)
  const { title, rate_cents } = await contracts.findContract(ctx, contract_id)
  const spent = rows.reduce((all, row) => all + (row.expense_cents ?? 0), 0)
  return [
    [t('mediation.contract.title'), title],
    [t('mediation.contract.rate'), money(rate_cents)],
    [t('mediation.paper.worth'), money(centsOf(sum(rows), rate_cents))],
    ...(spent > 0 ? [[t('mediation.report.expense'), money(spent)] as [string, string]] : []),
  ]
}

// --- a day of interviews --------------------------------------------------------------------------------------------

/** Times and numbers, language by language: no surname hangs at a door. */
export async function doorList(ctx: Ctx, call_id: string) {
  const call = await calls.findCall(ctx, call_id)
  const all = call.series_id ? await calls.listCalls(ctx, { series_id: call.series_id }) : []
  const language = new Map(all.map((one) => [one.id, one.language ? languageName(one.language, lang) : '']))
  const slots = await calls.slotsOf(
    ctx,
    all.map(({ id }) => id),
  )
  if (slots.length === 0) throw new NotFound()
  const t = ctx.words.translate(lang)
  return document(
    ctx,
    'kernel/documents/list.typ',
    {
      notes: [],
      columns: [
        { header: t('mediation.ask.from'), width: 1, figure: false },
        { header: t('mediation.job.slot'), width: 1, figure: false },
        { header: t('mediation.gist.language'), width: 2, figure: false },
        { header: t('mediation.gist.minutes'), width: 1, figure: true },
      ],
      rows: slots.map(({ call_id: of, starts_at, minutes }, at) => [
        clock(starts_at),
        String(at + 1),
        language.get(of) ?? '',
        String(minutes),
      ]),
    },
    {
      title: t('mediation.paper.door', {
        day: dayInWords(dayOf(instantOf((slots[0] as (typeof slots)[0]).starts_at)), lang, ctx.today),
      }),
      name: `colloqui-M-${call.number}`,
      lang,
    },
  )
}
export async function doorListForStaff(ctx: Ctx, call_id: string) {
  allow(ctx.actor.can(may.coordinate))
  return doorList(ctx, call_id)
}

// --- whoever is helped ----------------------------------------------------------------------------------------------

/** The sheet on paper, in the person's language and the office's: for somebody without a telephone. */
export async function recipientSheet(ctx: Ctx, call: { number: number }, wanted: string) {
  const theirs = isLanguage(wanted) ? wanted : lang
  const [t, ours] = [ctx.words.translate(theirs), ctx.words.translate(lang)]
  const beside = (key: TextKey) => (theirs === lang ? [t(key)] : [t(key), ours(key)])
  const genders = (['F', 'M', 'X'] as const).map((code) => beside(`mediation.recipient.gender.${code}`).join(' / '))
  return document(
    ctx,
    'mediation/documents/recipient-sheet.typ',
    {
      number: `M-${call.number}`,
      lead: beside('mediation.recipient.lead'),
      notice: beside('mediation.recipient.notice'),
      notice_text: beside('mediation.recipient.notice_text'),
      heard: beside('mediation.recipient.heard'),
      lines: (['given_names', 'surname', 'original_name', 'born', 'citizenship', 'phone'] as const).map((name) =>
        beside(`mediation.recipient.${name}`),
      ),
      gender: { words: beside('mediation.recipient.gender'), answers: genders },
    },
    { title: t('mediation.recipient.title'), name: `scheda-M-${call.number}`, lang: theirs },
  )
}
