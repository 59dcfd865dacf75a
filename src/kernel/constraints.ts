/**
 * The database states the truth; what it refuses becomes a sentence, once, here. Rules come first and say it better: this is
 * for what they cannot see, such as a row of another Ambito behind an id that was typed.
 */
import type { Problem } from './errors.ts'
import { Refused } from './errors.ts'

const sentences: Record<string, Problem> = {
  '23502': 'kernel.form.required',
  '23503': 'kernel.form.not_a_choice',
  '23505': 'kernel.form.invalid',
  '23514': 'kernel.form.invalid',
  '23P01': 'kernel.form.invalid',
  '22001': 'kernel.form.invalid',
}

/** @returns the refusal of the field the constraint is named after, or of the whole form; undefined for any other error */
export function refusedByDatabase(error: unknown, fields: readonly string[]) {
  const { code = '', constraint, column } = error as { code?: string; constraint?: string; column?: string }
  const problem = sentences[code]
  if (!problem) return undefined
  const named = fields.filter((field) => `_${constraint ?? column ?? ''}_`.includes(`_${field}_`))
  const [field = 'form'] = named.sort((a, b) => b.length - a.length)
  return new Refused({ [field]: problem })
}
