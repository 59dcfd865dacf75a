/** Signed with a finger in the classroom, where the project has said so: a simple electronic signature, kept as a picture. */
import type { Ctx } from '../../kernel/ctx.ts'
import { pictureOf, strokesOf } from '../../kernel/drawing.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { fileBytes, keepFile, removeFile } from '../../kernel/files/files.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import { screenSignature, settingOf } from '../../programme/actions.ts'
import { may } from '../rules/may.ts'
import * as editions from '../store/editions.ts'
import * as store from '../store/signatures.ts'
import { maySee } from './editions.ts'
import { type LessonShown, lessonShown } from './register.ts'

export const maySignOnScreen = (ctx: Ctx) => settingOf(ctx, screenSignature)

/** Who is about to sign: somebody marked present in a lesson that is still open. */
export async function toSign(ctx: Ctx, { lesson, rows }: LessonShown, enrolment_id: string) {
  const row = rows.find(({ enrolment }) => enrolment.id === enrolment_id)
  if (!row || !(await maySignOnScreen(ctx))) throw new NotFound()
  return { row, lesson, ready: lesson.closed_at === null && row.now?.present === true }
}

export async function signSeen(ctx: Ctx, lesson_id: string, enrolment_id: string) {
  const { edition_id } = await editions.findLesson(ctx, lesson_id)
  await maySee(ctx, edition_id)
  allow(ctx.actor.can(may.keep_register))
  return toSign(ctx, await lessonShown(ctx, lesson_id), enrolment_id)
}

/** Signed twice, the later drawing stands. */
export async function sign(ctx: Ctx, { lesson, row, ready }: Awaited<ReturnType<typeof toSign>>, drawing: string) {
  await editions.lockLesson(ctx, lesson.id)
  const strokes = strokesOf(drawing)
  refuse({
    form: ready ? undefined : lesson.closed_at ? 'courses.error.lesson_closed' : 'courses.error.not_marked_present',
    drawing: strokes ? undefined : 'courses.error.not_drawn',
  })
  if (!strokes) return
  const before = await store.dropSignature(ctx, lesson.id, row.enrolment.id)
  if (before) await removeFile(ctx, 'courses', before)
  const { id } = await keepFile(
    ctx,
    { name: 'signature.png', type: 'image/png', bytes: pictureOf(strokes) },
    { owner: 'courses', purpose: 'signature', accept: ['png'] },
  )
  await store.insertSignature(ctx, { lesson_id: lesson.id, enrolment_id: row.enrolment.id, file_id: id })
}

/** What is signed, and what such a signature is, for whoever signs. */
export function signWords(ctx: Ctx, lang: string) {
  const own = isLanguage(lang) ? lang : 'it'
  const t = ctx.words.translate(own)
  return { lang: own, lead: t('courses.sign.lead'), kind: t('courses.sign.kind') }
}

/** The pictures of one lesson, for its sheet. */
export async function drawnIn(ctx: Ctx, lesson_id: string) {
  const drawn = new Map<string, Uint8Array>()
  for (const { enrolment_id, file_id } of await store.signaturesIn(ctx, [lesson_id]))
    drawn.set(enrolment_id, await fileBytes(ctx, 'courses', file_id))
  return drawn
}

export async function eraseSignatures(ctx: Ctx, enrolment_ids: readonly string[]) {
  for (const { lesson_id, enrolment_id, file_id } of await store.signaturesOf(ctx, enrolment_ids)) {
    await store.dropSignature(ctx, lesson_id, enrolment_id)
    await removeFile(ctx, 'courses', file_id)
  }
}
