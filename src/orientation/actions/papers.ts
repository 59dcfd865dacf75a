/** Paper: the plan in two languages side by side, the log of the sessions, the CV in the order of Europass. */
import { accountNames } from '../../accounts/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { document, type Picture } from '../../kernel/documents/document.ts'
import { refuse } from '../../kernel/errors.ts'
import { isLanguage, type Language, type TextKey } from '../../kernel/i18n.ts'
import type { Bytes } from '../../kernel/routes.ts'
import { type SheetKind, sheetMark } from '../../kernel/scans/scans.ts'
import { contactsToPrint } from '../../people/actions.ts'
import { comuni, languageName } from '../../territory/actions.ts'
import { ownName } from '../../ui/words-of-time.ts'
import { inOrder, monthShown } from '../rules/cv.ts'
import { may } from '../rules/may.ts'
import { linesOf, packed } from '../rules/sheets.ts'
import { findPlan, lastPlans, plansNamed, type Step } from '../store/plans.ts'
import type { Entry } from '../store/records.ts'
import { orientation } from '../urls.ts'
import { seePlan } from './plans.ts'

const ours = 'it'
/** Their own language where we write it; the closest is Italian. */
export const paperLanguage = (language: string): Language => (isLanguage(language) ? language : ours)
const inDays = (day: string) => day.split('-').toReversed().join('/')

// --- sheets that come back signed -----------------------------------------------------------------------------------

export const planSheet = 'orientation.plan'
export const logSheet = 'orientation.log'

/** Short enough to be read aloud from a sheet whose mark is spoilt. */
const numberOf = (plan_id: string) => plan_id.slice(-6).toUpperCase()
const called = ({ t }: Ctx, kind: string, { id, opened_on }: { id: string; opened_on: string }) =>
  t(kind === planSheet ? 'orientation.sheet.plan' : 'orientation.sheet.log', {
    number: numberOf(id),
    day: inDays(opened_on),
  })

const sheetsOf = (kind: string): SheetKind => ({
  may: may.see,
  async file(ctx, { thing_id }) {
    await findPlan(ctx, thing_id)
  },
  async describe(ctx, ids) {
    const plans = await plansNamed(ctx, ids)
    return new Map(
      plans.map(({ id, opened_on }) => [
        id,
        {
          text: called(ctx, kind, { id, opened_on }),
          href: orientation.plan.href({ plan: id }),
        },
      ]),
    )
  },
  // By its number, which stands under the mark: a list of plans by name would be a list of people.
  offer: async (ctx) => (await lastPlans(ctx)).map((plan) => ({ id: plan.id, text: called(ctx, kind, plan) })),
})
export const sheetKinds = { [planSheet]: sheetsOf(planSheet), [logSheet]: sheetsOf(logSheet) }

async function marked(ctx: Ctx, kind: string, thing_id: string, at: number, of: number) {
  const words = { number: numberOf(thing_id), sheet: at + 1, sheets: of }
  const { mark, picture } = await sheetMark(
    ctx,
    { kind, thing_id, sheet: at + 1 },
    ctx.words.translate(ours)('orientation.sheet.mark', words),
  )
  return { mark, picture }
}

// --- the plan -------------------------------------------------------------------------------------------------------

const lines_on_first = 31
const lines_on_others = 36
const letters_of_a_step = 27
const letters_of_an_aim = 44

const commas: Partial<Record<Language, string>> = { ar: '، ', ur: '، ', zh: '、' }

/** What is agreed, in Italian and in the person's language, beside each other; to be signed by both. */
export async function planPaper(ctx: Ctx, id: string): Promise<Bytes> {
  const { plan, head, steps } = await seePlan(ctx, id)
  const theirs = paperLanguage(plan.language)
  const [t, own] = [ctx.words.translate(ours), ctx.words.translate(theirs)]
  const pair = (key: TextKey) => (theirs === ours ? [t(key)] : [t(key), own(key)])
  const written = (text: string, translated: string) =>
    theirs === ours ? [text] : [text, text === '' ? '' : translated || own('orientation.paper.only_italian')]
  const joined = (label: string, value: string, at: number) => (at === 0 ? t : own)('ui.labelled', { label, value })
  const list = (keys: readonly TextKey[]) => {
    const own_list = keys.map((key) => own(key)).join(commas[theirs] ?? ', ')
    return theirs === ours ? [own_list] : [keys.map((key) => t(key)).join(', '), own_list]
  }

  const aims = [
    { label: pair('orientation.paper.goal'), text: written(plan.goal, plan.goal_own) },
    {
      label: pair('orientation.paper.when'),
      text: list(plan.availability.map((one) => `orientation.available.${one}` as TextKey)),
    },
  ].filter(({ text }) => text[0] !== '')
  const rows = steps
    .filter(({ state }) => state !== 'dropped')
    .map((step, at) => ({
      number: at + 1,
      ...stepShown(step, { pair, written, joined }),
    }))
  const aim_lines = aims.reduce((sum, { text }) => sum + 1.5 + linesOf(text, letters_of_an_aim), 0)
  const packs = packed(
    rows,
    ({ texts, who }) => 1 + Math.max(linesOf(texts, letters_of_a_step), who.length * 2),
    lines_on_first - aim_lines,
    lines_on_others,
  )
  const name = (await accountNames(ctx, plan.adviser_id ? [plan.adviser_id] : [])).get(plan.adviser_id ?? '') ?? '—'
  const pictures: Picture[] = []
  const sheets = []
  for (const [at, pack] of packs.entries()) {
    const { mark, picture } = await marked(ctx, planSheet, id, at, packs.length)
    pictures.push(picture)
    sheets.push({ mark, steps: pack, aims: at === 0 ? aims : [] })
  }
  const data = {
    lang: theirs,
    who: { latin: head.latin, original: head.original },
    facts: [
      { label: pair('orientation.paper.adviser'), text: name },
      ...(plan.agreed_on ? [{ label: pair('orientation.paper.agreed'), text: inDays(plan.agreed_on) }] : []),
      { label: pair('orientation.paper.version'), text: String(plan.version) },
    ],
    sheets,
    words: {
      steps: pair('orientation.paper.steps'),
      languages: [...new Set([ours, theirs])].map(ownName),
      heads: [pair('orientation.paper.who'), pair('orientation.paper.by')],
      done: pair('orientation.paper.done'),
      checks: pair('orientation.paper.checks'),
      none: pair('orientation.paper.no_steps'),
      signatures: [pair('orientation.paper.sign_person'), pair('orientation.paper.sign_adviser')],
    },
  }
  return document(ctx, 'orientation/documents/plan.typ', data, {
    title: pair('orientation.paper.plan').join(' · '),
    name: 'piano',
    lang: ours,
    pictures,
  })
}

type Say = {
  pair(key: TextKey): string[]
  written(text: string, translated: string): string[]
  /** A label and what follows, in the `at`th of the two languages. */
  joined(label: string, value: string, at: number): string
}
function stepShown({ kind, text, text_own, owner, owner_text, due_on, state }: Step, { pair, written, joined }: Say) {
  const label = kind === 'other' ? [] : pair(`orientation.step.${kind}` as TextKey)
  const more = text === '' ? [] : written(text, text_own)
  const texts = (label.length > 0 ? label : more).map((_, at) =>
    label[at] && more[at] ? joined(label[at], more[at], at) : label[at] || more[at] || '',
  )
  return {
    texts,
    who: owner === 'other' ? [owner_text] : pair(`orientation.owner.${owner}` as TextKey),
    due: inDays(due_on),
    done: state === 'done',
  }
}

// --- the log of the sessions ----------------------------------------------------------------------------------------

const rows_on_sheet = 13

/** Every session with its length, to be signed: the proof of the hours. */
export async function logPaper(ctx: Ctx, id: string): Promise<Bytes> {
  const { plan, head, sessions } = await seePlan(ctx, id)
  const t = ctx.words.translate(ours)
  const held = sessions.filter(({ withdrawn_on }) => !withdrawn_on).toReversed()
  const by = await accountNames(
    ctx,
    [...held.map(({ recorded_by }) => recorded_by), plan.adviser_id].flatMap((account) => account ?? []),
  )
  const rows = held.map((one) => [
    inDays(one.on_day),
    t(`orientation.session.${one.kind}` as TextKey),
    t(one.where_to ? (`orientation.place.${one.where_to}` as TextKey) : (`orientation.way.${one.way}` as TextKey)),
    String(one.minutes),
    one.held_by || (by.get(one.recorded_by ?? plan.adviser_id ?? '') ?? ''),
    '',
  ])
  const count = Math.max(1, Math.ceil(rows.length / rows_on_sheet))
  const pictures: Picture[] = []
  const sheets = []
  for (let at = 0; at < count; at++) {
    const { mark, picture } = await marked(ctx, logSheet, id, at, count)
    pictures.push(picture)
    sheets.push({ mark, rows: rows.slice(at * rows_on_sheet, (at + 1) * rows_on_sheet) })
  }
  const minutes = held.reduce((sum, one) => sum + one.minutes, 0)
  const data = {
    who: { latin: head.latin, original: head.original },
    facts: [
      [t('orientation.paper.adviser'), by.get(plan.adviser_id ?? '') ?? '—'],
      [t('orientation.log.since'), inDays(plan.opened_on)],
      [t('orientation.log.total'), `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`],
    ],
    sheets,
    words: {
      heads: (['day', 'kind', 'where', 'minutes', 'by', 'signature'] as const).map((key) =>
        t(`orientation.log.${key}`),
      ),
      signatures: [t('orientation.paper.sign_person'), t('orientation.paper.sign_adviser')],
    },
  }
  return document(ctx, 'orientation/documents/log.typ', data, {
    title: t('orientation.log.title'),
    name: 'colloqui',
    lang: ours,
    pictures,
  })
}

// --- the CV ---------------------------------------------------------------------------------------------------------

/** In Italian, or in the person's language: in the order of Europass, with the contacts they gave. */
export async function cvPaper(ctx: Ctx, id: string, wanted: string | null): Promise<Bytes> {
  const { plan, head, entries } = await seePlan(ctx, id)
  const lang = paperLanguage(wanted ?? ours)
  const t = ctx.words.translate(lang)
  const mine = lang !== ours
  const reached = await contactsToPrint(ctx, plan.person_id)
  const comune = (await comuni(ctx)).find(({ code }) => code === reached.comune)?.name
  const said = (text: string, own: string) => (mine && own) || text
  const section = (kind: Entry['kind']) => inOrder(entries.filter((one) => one.kind === kind))
  const span = ({ from_when, to_when }: Entry) =>
    from_when || to_when
      ? [from_when && monthShown(from_when), to_when ? monthShown(to_when) : t('orientation.cv.today')]
          .filter(Boolean)
          .join(' – ')
      : ''
  const shown = (entry: Entry) => ({
    when: span(entry),
    title: said(entry.title, entry.title_own),
    body: [entry.body, entry.place].filter(Boolean).join(', '),
    text: said(entry.text, entry.text_own),
  })
  const languages = section('language')
  const goal = said(plan.goal, plan.goal_own)
  const data = {
    who: { latin: head.latin, original: head.original },
    personal: [
      [t('orientation.cv.lives'), comune ?? ''],
      [t('orientation.cv.phone'), reached.phone ?? ''],
      [t('orientation.cv.email'), reached.email ?? ''],
    ].filter(([, value]) => value !== ''),
    sections: [
      { title: t('orientation.cv.goal'), entries: goal ? [{ when: '', title: '', body: '', text: goal }] : [] },
      { title: t('orientation.cv.work'), entries: section('work').map(shown) },
      { title: t('orientation.cv.education'), entries: section('education').map(shown) },
      {
        title: t('orientation.cv.languages'),
        entries: languages.map(({ title, level, text, text_own }) => ({
          when: level === 'MADRE' ? t('orientation.cv.mother') : (level ?? '').replace('PRE_', 'Pre-'),
          title: languageName(title, lang),
          body: '',
          text: said(text, text_own),
        })),
      },
      { title: t('orientation.cv.skills'), entries: section('skill').map(shown) },
      { title: t('orientation.cv.certificates'), entries: section('certificate').map(shown) },
      {
        title: t('orientation.cv.licence'),
        entries:
          plan.licences.length > 0
            ? [{ when: '', title: plan.licences.map((one) => licenceIn(t, one)).join(', '), body: '', text: '' }]
            : [],
      },
    ].filter(({ entries: some }) => some.length > 0),
    words: {
      personal: t('orientation.cv.personal'),
      consent: t('orientation.cv.consent'),
      sign: t('orientation.cv.sign'),
    },
  }
  refuse({ form: entries.length === 0 ? 'orientation.error.empty_cv' : undefined })
  return document(ctx, 'orientation/documents/cv.typ', data, {
    title: t('orientation.cv.title'),
    name: 'curriculum',
    lang,
  })
}
const licenceIn = (t: (key: TextKey) => string, licence: string) =>
  licence === 'foreign' || licence === 'forklift' ? t(`orientation.licence.${licence}`) : licence
