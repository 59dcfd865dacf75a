/** Papers: the service sheet of a call, the month of a mediator or of a body, the list at the door. No name of anybody helped. */
import { dayOf, instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { document } from '../../kernel/documents/document.ts'
import { allow } from '../../kernel/errors.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { referencesOf } from '../../programme/actions.ts'
import { comuni, languageName } from '../../territory/actions.ts'
import { dayInWords, timeInWords } from '../../ui/words-of-time.ts'
import { fieldLabel } from '../codes.ts'
import { may } from '../rules/may.ts'
import { isClaimable, isPayable } from '../rules/states.ts'
import * as calls from '../store/calls.ts'
import * as hours from '../store/hours.ts'
import { monthOf } from './working.ts'

const inHours = (minutes: number) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
const comuneNames = async (ctx: Ctx) => new Map((await comuni(ctx)).map(({ code, name }) => [code, name]))
const span = (ctx: Ctx, from: string, to: string) =>
  `${dayInWords(dayOf(instantOf(from)), ctx.lang, ctx.today)}, ${timeInWords(instantOf(from), ctx.lang)} – ${timeInWords(instantOf(to), ctx.lang)}`

/** Request, assignment, real times, countersignature: to be signed in ink, or as it was confirmed. */
export async function serviceSheet(ctx: Ctx, call_id: string) {
  allow(ctx.actor.can(may.coordinate))
  const row = await hours.workOn(ctx, call_id)
  const call = await calls.findCall(ctx, call_id)
  const t = ctx.t
  const facts: [string, string][] = [
    [t('mediation.call.body'), row.body_name],
    [t('mediation.gist.comune'), (await comuneNames(ctx)).get(row.comune) ?? row.comune],
    [t('mediation.gist.language'), row.language ? languageName(row.language, ctx.lang) : ''],
    [t('mediation.gist.field'), fieldLabel(row.field, ctx.lang)],
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
      row.confirmed_at
        ? `${row.signer}${row.signer_job ? `, ${row.signer_job}` : ''} · ${dayInWords(dayOf(instantOf(row.confirmed_at)), ctx.lang, ctx.today, 'numeric')}`
        : '',
    ],
  ]
  return document(
    ctx,
    'mediation/documents/service-sheet.typ',
    { facts, signatures: [t('mediation.paper.sign_mediator'), t('mediation.paper.sign_body')] },
    {
      title: t('mediation.paper.service', { number: call.number }),
      name: `scheda-intervento-M-${call.number}`,
      references: await written(ctx, row.contract_id),
    },
  )
}
const written = async (ctx: Ctx, contract_id: string) =>
  (await referencesOf(ctx, 'mediation.contract', contract_id)).map(
    ({ what, number }) => `${what.toUpperCase()} ${number}`,
  )

type Whose = { mediator: { id: string; name: string; contract_id: string } } | { body: { id: string; name: string } }
export async function monthPaper(ctx: Ctx, month: string, whose: Whose) {
  const { from, to } = monthOf(month)
  const of_mediator = 'mediator' in whose
  const rows = (
    await hours.workIn(ctx, from, to, of_mediator ? { mediator_id: whose.mediator.id } : { body_id: whose.body.id })
  ).filter(({ state }) => isPayable(state))
  const minutes = (row: hours.Work) => row.confirmed_minutes ?? row.paid_minutes ?? 0
  const sum = (some: readonly hours.Work[]) => some.reduce((all, row) => all + minutes(row), 0)
  const t = ctx.t
  const names = await comuneNames(ctx)
  const who = of_mediator ? whose.mediator.name : whose.body.name
  return document(
    ctx,
    'mediation/documents/month.typ',
    {
      who,
      headers: [
        t('mediation.call.number'),
        t('mediation.gist.time'),
        of_mediator ? t('mediation.call.body') : t('mediation.call.mediator'),
        t('mediation.gist.comune'),
        t('mediation.month.minutes'),
        t('mediation.call.state'),
      ],
      rows: rows.map((row) => [
        `M-${row.number}`,
        span(ctx, row.started_at ?? row.starts_at, row.ended_at ?? row.ends_at),
        of_mediator ? row.body_name : row.mediator_name,
        names.get(row.comune) ?? row.comune,
        inHours(minutes(row)),
        t(`mediation.state.${row.state}` as TextKey),
      ]),
      sums: [
        [t('mediation.month.done'), inHours(sum(rows))],
        [t('mediation.month.confirmed'), inHours(sum(rows.filter(({ state }) => isClaimable(state))))],
      ],
    },
    {
      title: t('mediation.paper.month', { month: month.split('-').toReversed().join('/') }),
      name: `mediazione-${month}`,
      references: of_mediator ? await written(ctx, whose.mediator.contract_id) : [],
    },
  )
}

/** Times and numbers of a day of interviews, language by language: no surname hangs at a door. */
export async function doorList(ctx: Ctx, call_id: string) {
  allow(ctx.actor.can(may.coordinate))
  const call = await calls.findCall(ctx, call_id)
  const all = call.series_id ? await calls.listCalls(ctx, { series_id: call.series_id }) : []
  const language = new Map(all.map((one) => [one.id, one.language ? languageName(one.language, ctx.lang) : '']))
  const slots = await calls.slotsOf(
    ctx,
    all.map(({ id }) => id),
  )
  const t = ctx.t
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
        timeInWords(instantOf(starts_at), ctx.lang),
        String(at + 1),
        language.get(of) ?? '',
        String(minutes),
      ]),
    },
    {
      title: t('mediation.paper.door', {
        day: slots[0] ? dayInWords(dayOf(instantOf(slots[0].starts_at)), ctx.lang, ctx.today) : '',
      }),
      name: `colloqui-M-${call.number}`,
    },
  )
}
