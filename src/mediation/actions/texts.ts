/** Written translation: text in from whoever asks, text out from whoever translates. */
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound, refuse } from '../../kernel/errors.ts'
import { keepFile } from '../../kernel/files/files.ts'
import type { Limit } from '../../kernel/limits.ts'
import type { Upload } from '../../kernel/routes.ts'
import { isWritten } from '../codes.ts'
import { type Call, insertFile, tellOfTranslation } from '../store/calls.ts'

const kept = { owner: 'mediation', purpose: 'translation', accept: ['pdf', 'jpg', 'png', 'docx', 'odt'] } as const
/** Of one call: nobody translates more texts than this in an hour. */
const texts: Limit = { name: 'mediation.texts', points: 30, seconds: 3600 }

export async function keepText(ctx: Ctx, call: Call, way: 'in' | 'out', text: Upload | undefined) {
  if (!isWritten(call.mode)) throw new NotFound()
  refuse({ form: (await ctx.limits.take(texts, call.id)) ? undefined : 'mediation.error.too_many' })
  const { id, scan } = await keepFile(ctx, text, kept)
  await insertFile(ctx, call.id, way, id)
  if (scan !== 'waiting') await tellOfTranslation(ctx, id)
}
