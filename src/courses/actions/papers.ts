/** Paper: numbered sheets to sign, the register of an edition, certificates. The sheets file themselves by their mark. */
import qrcode from 'qrcode'
import type { Ctx } from '../../kernel/ctx.ts'
import { document, type Picture } from '../../kernel/documents/document.ts'
import { refuse } from '../../kernel/errors.ts'
import type { Bytes } from '../../kernel/routes.ts'
import { isSigned, numberPrinting, type SheetKind, sheetMark, signingOf } from '../../kernel/scans/scans.ts'
import { projectOf } from '../../programme/actions.ts'
import { organisations, places } from '../../territory/actions.ts'
import { levelLabel } from '../codes.ts'
import { standing } from '../rules/marks.ts'
import { may } from '../rules/may.ts'
import * as editions from '../store/editions.ts'
import { enrolmentsNamed } from '../store/enrolments.ts'
import * as store from '../store/register.ts'
import { courses, open } from '../urls.ts'
import { hoursOf } from './outcomes.ts'
import { lessonShown, lineOf, linesOf, type Named, namesOf, sealsChecked, signedByAll } from './register.ts'
import { drawnIn } from './signing.ts'

/** What its sheets are called among all that come back. */
export const lessonSheet = 'courses.lesson'

export const inDays = (day: string) => day.split('-').reverse().join('/')
const wall = ({ starts_at, ends_at }: { starts_at: string; ends_at: string }) =>
  `${starts_at.slice(0, 5)}–${ends_at.slice(0, 5)}`
const bothNames = ({ latin, original }: Named) => [latin, original].filter(Boolean).join(' ')
export const hoursIn = (minutes: number) => String(Math.round((minutes / 60) * 100) / 100).replace('.', ',')

async function factsOn(ctx: Ctx, edition: editions.Edition): Promise<[string, string][]> {
  const { t } = ctx
  const place = (await places(ctx)).find(({ id }) => id === edition.place_id)
  const provider = (await organisations(ctx)).find(({ id }) => id === edition.provider_id)
  return [
    [t('courses.edition.title'), edition.title],
    [t('courses.edition.action'), edition.action],
    [t('courses.provider'), provider?.name ?? '—'],
    [t('courses.where'), place?.name ?? (edition.place_text || '—')],
  ]
}

// --- sheets ---------------------------------------------------------------------------------------------------------

const sheets_at_once = 4
/** Rows that surely fit, so that no sheet runs on to a page without a mark; long names take two lines. */
const rows_on_sheet = 13

export const lessonsSigned = async (ctx: Ctx, lessons: readonly string[]) =>
  signingOf(ctx, lessonSheet, await linesOf(ctx, lessons))

/** The next lessons, each with the names of those who have a place: to be signed in ink, scanned, and filed by itself. */
export async function lessonSheets(
  ctx: Ctx,
  edition: editions.Edition,
  only?: string,
  only_missing = false,
): Promise<Bytes> {
  const { t } = ctx
  const lessons = (await editions.lessonsOf(ctx, [edition.id])).filter((one) => !one.cancelled_at)
  const next = lessons.filter((one) => !one.closed_at && one.on_day >= ctx.today)
  const chosen = only
    ? lessons.filter(({ id }) => id === only)
    : (next.length > 0 ? next : lessons.slice(-sheets_at_once)).slice(0, sheets_at_once)
  refuse({ form: chosen.length === 0 ? 'courses.error.no_lessons' : undefined })
  const shared = await factsOn(ctx, edition)
  const sheets: object[] = []
  const pictures: Picture[] = []
  for (const lesson of chosen) {
    const { rows } = await lessonShown(ctx, lesson.id)
    const drawn = await drawnIn(ctx, lesson.id)
    const missing = new Set((await lessonsSigned(ctx, [lesson.id])).get(lesson.id)?.missing)
    const lines = rows.flatMap(({ enrolment, name, now, marks }) => {
      const picture = now?.present ? drawn.get(enrolment.id) : undefined
      const id = lineOf(marks)?.id ?? enrolment.id
      if (only_missing && !missing.has(id)) return []
      if (!picture) return { id, name: bothNames(name), signature: '' }
      const file = `signature-${enrolment.id}.png`
      pictures.push({ name: file, bytes: picture })
      return { id, name: bothNames(name), signature: { picture: file, alt: t('courses.sign.kind') } }
    })
    const parts = Array.from({ length: Math.max(1, Math.ceil(lines.length / rows_on_sheet)) }, (_, part) => {
      const own = lines.slice(part * rows_on_sheet, (part + 1) * rows_on_sheet)
      return { own, spare: only_missing ? 0 : Math.max(0, Math.min(3, rows_on_sheet - own.length)) }
    })
    const thing = { kind: lessonSheet, thing_id: lesson.id }
    const printed = parts.map(({ own, spare }) => ({ lines: own.map(({ id }) => id), spare }))
    const printing = await numberPrinting(ctx, thing, printed)
    for (const [part, { own, spare }] of parts.entries()) {
      const words = { sheet: part + 1, sheets: parts.length }
      const marked = await sheetMark(
        ctx,
        { ...thing, sheet: part + 1, printing },
        t('courses.paper.mark', { ...words, day: inDays(lesson.on_day) }),
      )
      const picture = { ...marked.picture, name: `sheet-${sheets.length}.svg` }
      pictures.push(picture)
      const blank = Array.from({ length: spare }, () => ({ name: '', signature: '' }))
      sheets.push({
        title: [
          t('courses.paper.sheet', { ...words, day: inDays(lesson.on_day), time: wall(lesson) }),
          only_missing && t('ui.signing.added'),
        ]
          .filter(Boolean)
          .join(' · '),
        facts: [...shared, [t('courses.lesson.teacher'), lesson.teacher_name ?? '—']],
        rows: [...own, ...blank].map(({ name, signature }, at) => [
          String(part * rows_on_sheet + at + 1),
          name,
          '',
          signature,
          '',
          '',
        ]),
        drawn: drawn.size > 0 ? t('courses.sign.kind') : '',
        mark: { ...marked.mark, picture: picture.name },
      })
    }
  }
  const data = {
    sheets,
    words: {
      heads: [
        t('courses.paper.number'),
        t('courses.people.name'),
        t('courses.lesson.in'),
        t('courses.paper.signature'),
        t('courses.lesson.out'),
        t('courses.paper.signature'),
      ],
      topic: t('courses.lesson.topic'),
      signatures: [t('courses.paper.teacher_signs'), t('courses.paper.tutor_signs')],
    },
  }
  return document(ctx, 'courses/documents/sheets.typ', data, {
    title: t('courses.paper.sheets'),
    name: `fogli-${edition.slug}`,
    pictures,
  })
}

export const lessonSheetKind: SheetKind = {
  may: may.see_people,
  async file(ctx, { thing_id }) {
    await editions.findLesson(ctx, thing_id)
  },
  async describe(ctx, ids) {
    const found = await editions.lessonsNamed(ctx, ids)
    return new Map(found.map((one) => [one.id, { text: called(one), href: courses.lesson.href({ lesson: one.id }) }]))
  },
  async offer(ctx) {
    const found = await editions.lessonsForSheets(ctx)
    const signed = await lessonsSigned(
      ctx,
      found.map(({ id }) => id),
    )
    return found
      .sort((a, b) => Number(isSigned(signed.get(a.id))) - Number(isSigned(signed.get(b.id))))
      .map((one) => ({ id: one.id, text: called(one) }))
  },
}
const called = ({ title, on_day }: { title: string; on_day: string }) => `${title}, ${inDays(on_day)}`

// --- the register ---------------------------------------------------------------------------------------------------

const lessons_beside = 14

/** Everybody against every lesson held, in minutes; then what was taught, with the code of each closing. */
export async function registerPaper(ctx: Ctx, edition: editions.Edition): Promise<Bytes> {
  const { t } = ctx
  const { seals, lessons, broken } = await sealsChecked(ctx, edition.id)
  const held = lessons.filter(({ closed_at }) => closed_at)
  const marks = await store.marksOf(
    ctx,
    held.map(({ id }) => id),
  )
  const cell = new Map<string, string>()
  for (const [key, own] of Map.groupBy(marks, (mark) => `${mark.lesson_id} ${mark.enrolment_id}`)) {
    const { now } = standing(own)
    const corrected = own.some(({ how }) => how === 'correction')
    if (now) cell.set(key, `${now.present ? now.minutes : 'A'}${corrected ? '*' : ''}`)
  }
  const people = await enrolmentsNamed(ctx, [...new Set(marks.map(({ enrolment_id }) => enrolment_id))])
  const names = await namesOf(ctx, people)
  const sorted = people
    .map(({ id }) => ({ id, name: bothNames(names.get(id) as Named) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'it'))
  const hours = await hoursOf(ctx, edition)
  const codes = Map.groupBy(seals, ({ lesson_id }) => lesson_id)
  const parts = Array.from({ length: Math.ceil(held.length / lessons_beside) }, (_, part) =>
    held.slice(part * lessons_beside, (part + 1) * lessons_beside),
  )
  const papers = await lessonsSigned(
    ctx,
    held.map(({ id }) => id),
  )
  const drawn = await signedByAll(
    ctx,
    held.map(({ id }) => id),
  )
  const data = {
    facts: [
      ...(await factsOn(ctx, edition)),
      [t('courses.edition.hours'), edition.planned_minutes === null ? '—' : hoursIn(edition.planned_minutes)],
      [t('courses.seals.chain'), broken.length === 0 ? t('courses.seals.whole') : t('courses.seals.broken')],
    ],
    matrices: parts.map((part) => ({
      heads: [t('courses.people.name'), ...part.map(({ on_day }) => `${on_day.slice(8)}/${on_day.slice(5, 7)}`)],
      rows: sorted.map(({ id, name }) => [name, ...part.map((lesson) => cell.get(`${lesson.id} ${id}`) ?? '')]),
    })),
    totals: sorted.map(({ id, name }) => {
      const own = hours.get(id)
      const percent = own?.percent === null ? '—' : `${Math.round((own?.percent ?? 0) * 100)}%`
      return [name, String(own?.lessons ?? 0), hoursIn(own?.minutes ?? 0), percent]
    }),
    lessons: held.map((lesson) => [
      inDays(lesson.on_day),
      wall(lesson),
      lesson.topic,
      lesson.substitute || (lesson.teacher_name ?? ''),
      (codes.get(lesson.id) ?? []).map(({ code }) => code).join(' '),
      isSigned(papers.get(lesson.id))
        ? '✓'
        : drawn.has(lesson.id)
          ? t('courses.paper.drawn')
          : t('courses.lesson.unsigned'),
    ]),
    words: {
      presence: t('courses.paper.presence'),
      legend: t('courses.paper.legend'),
      totals: t('courses.paper.totals'),
      total_heads: [
        t('courses.people.name'),
        t('courses.edition.lessons'),
        t('courses.people.hours'),
        t('courses.paper.percent'),
      ],
      lessons: t('courses.edition.lessons'),
      lesson_heads: [
        t('courses.lesson.day'),
        t('courses.lesson.time'),
        t('courses.lesson.topic'),
        t('courses.lesson.teacher'),
        t('courses.seal.code'),
        t('courses.paper.signatures'),
      ],
      signatures: [t('courses.paper.teacher_signs'), t('courses.paper.tutor_signs')],
    },
  }
  return document(ctx, 'courses/documents/register.typ', data, {
    title: t('courses.paper.register'),
    name: `registro-${edition.slug}`,
  })
}

// --- certificates ---------------------------------------------------------------------------------------------------

export const certificatePaper = async (ctx: Ctx, certificate: store.Certificate) =>
  certificatesPaper(ctx, await editions.findEdition(ctx, certificate.edition_id), [certificate])

export const certificatesTemplate = 'courses/documents/certificates.typ'

export async function certificatesPaper(
  ctx: Ctx,
  edition: editions.Edition,
  certificates: readonly store.Certificate[],
): Promise<Bytes> {
  refuse({ form: certificates.length === 0 ? 'courses.certificates.empty' : undefined })
  const { data, pictures, options } = await certificateData(ctx, edition, certificates)
  return document(ctx, certificatesTemplate, data, { ...options, name: `attestati-${edition.slug}`, pictures })
}

/** One page each, in the words of the project's language whoever prints it. */
export async function certificateData(ctx: Ctx, edition: editions.Edition, certificates: readonly store.Certificate[]) {
  const t = ctx.words.translate('it')
  const people = await enrolmentsNamed(
    ctx,
    certificates.map(({ enrolment_id }) => enrolment_id),
  )
  const names = await namesOf(ctx, people)
  const { partner } = await projectOf(ctx)
  const place = (await places(ctx)).find(({ id }) => id === edition.place_id)
  const pictures = await Promise.all(
    certificates.map(async ({ number }, at): Promise<Picture> => {
      const svg = await qrcode.toString(`${ctx.base_url}${open.certificate.href({ number })}`, {
        type: 'svg',
        margin: 2,
      })
      return { name: `certificate-${at}.svg`, bytes: new TextEncoder().encode(svg) }
    }),
  )
  const data = {
    certificates: certificates.map((one, at) => ({
      number: t('courses.certificate.number_of', { number: one.number }),
      name: names.get(one.enrolment_id) ?? { latin: '', original: null },
      facts: [
        [t('courses.edition.title'), edition.title],
        [
          t('courses.people.hours'),
          t('courses.paper.hours_of', {
            attended: hoursIn(one.minutes),
            planned: hoursIn(one.planned_minutes),
            percent: Math.round(Math.min(1, one.minutes / one.planned_minutes) * 100),
          }),
        ],
        ...(one.level ? [[t('courses.certificate.level'), levelLabel(one.level, 'it')]] : []),
        ...(edition.skills ? [[t('courses.edition.skills'), edition.skills]] : []),
        [t('courses.paper.place_and_day'), [place?.comune_name, inDays(one.issued_on)].filter(Boolean).join(', ')],
      ],
      picture: pictures[at]?.name,
      address: `${ctx.base_url}${open.certificate.href({ number: one.number })}`,
      revoked: one.revoked_at ? t('courses.certificate.revoked') : '',
    })),
    words: {
      issues: t('courses.paper.issues', { body: partner }),
      attended: t('courses.paper.attended'),
      kind: t('courses.certificate.frequency'),
      no_test: edition.kind === 'language' ? t('courses.paper.no_test') : '',
      verify: t('courses.paper.verify'),
      alt: t('courses.paper.square'),
      signatures: [t('courses.paper.teacher_signs'), t('courses.paper.body_signs')],
    },
  }
  return { data, pictures, options: { title: t('courses.paper.certificate'), lang: 'it' } }
}
