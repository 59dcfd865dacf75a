/**
 * Forms: one zod schema each, in a module's `forms.ts`. Here is how what was typed is cleaned, parsed and given back.
 * Schema = shape ("a date, a number 0–500"); rule = meaning ("not before the start"), in `rules.ts`.
 */
import { z } from 'zod'
import { type Problem, Refused } from './errors.ts'
import type { Translate } from './i18n.ts'

export type Typed = Record<string, string | string[]>
export type Schema = z.ZodObject

/** A form as a page shows it: what was typed, what is wrong with it, and the two marks it carries back. */
export type Form<S extends Schema = Schema> = {
  readonly values: Partial<Record<keyof z.infer<S> & string, string | string[]>>
  /** Sentences, in the reader's language. `form` is about the whole. */
  readonly errors: Partial<Record<(keyof z.infer<S> & string) | 'form', string>>
  /** Taken by the first request that succeeds; a second one gets the first one's answer. */
  readonly once: string
  /** The Ambito the form was made in; sent in another one it is a conflict. */
  readonly ambito_id: string
}
export type FieldName<F> = F extends Form<infer S> ? keyof z.infer<S> & string : never

export const marks = { once: '_once', ambito: '_ambito' } as const

export function blankForm<S extends Schema>(ambito_id: string, values: Form<S>['values'] = {}): Form<S> {
  return { values, errors: {}, once: crypto.randomUUID(), ambito_id }
}

/** A form nobody has typed into yet, drawn on a page beside others. */
export const emptyForm = <S extends Schema>(
  { ambito_id }: { ambito_id: string },
  values: Record<string, string> = {},
) => blankForm<S>(ambito_id, values as never)

/** A form opened for the first time shows what is known; sent and refused, what was typed. */
export const filled = <F extends { values: object }>(form: F, values: object): F =>
  Object.keys(form.values).length > 0 ? form : { ...form, values }

export function redrawn<S extends Schema>(
  form: Form<S>,
  typed: Typed,
  problems: Record<string, Problem>,
  t: Translate,
): Form<S> {
  const errors = Object.fromEntries(
    Object.entries(problems).map(([field, problem]) => [
      field,
      typeof problem === 'string' ? t(problem) : t(...(problem as [never, never])),
    ]),
  )
  return { ...form, values: typed as Form<S>['values'], errors: errors as Form<S>['errors'] }
}

// Direction overrides, isolates, zero-width and tag characters can make one name look like another; NUL cannot be stored.
const invisible =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu
export const cleaned = (text: string) => text.normalize('NFC').replace(invisible, '').replaceAll('\r\n', '\n').trim()

/** The body of a request, cleaned, secrets excepted; a field sent several times is a list. Files are read by the routes that ask for them. */
export function readTyped(body: Iterable<[string, unknown]>, secrets: ReadonlySet<string> = new Set()): Typed {
  const typed: Typed = Object.create(null)
  for (const [name, value] of body) {
    if (typeof value !== 'string') continue
    const before = typed[name]
    const text = secrets.has(name) ? value : cleaned(value)
    typed[name] = before === undefined ? text : Array.isArray(before) ? [...before, text] : [before, text]
  }
  return typed
}

/** @throws Refused with a sentence per field when the shape is not right */
export function parseTyped<S extends Schema>(schema: S, typed: Typed): z.infer<S> {
  const given = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const problems: Record<string, Problem> = {}
  for (const issue of result.error.issues) problems[String(issue.path[0] ?? 'form')] ??= sentenceOf(issue)
  throw new Refused(problems)
}

function sentenceOf(issue: z.core.$ZodIssue): Problem {
  if (issue.message.startsWith('kernel.') || issue.message.includes('.error.')) return issue.message as Problem
  switch (issue.code) {
    case 'too_big':
      return [
        issue.origin === 'string' ? 'kernel.form.too_long' : 'kernel.form.too_big',
        { max: Number(issue.maximum) },
      ]
    case 'too_small':
      return [
        issue.origin === 'string' ? 'kernel.form.too_short' : 'kernel.form.too_small',
        { min: Number(issue.minimum) },
      ]
    case 'invalid_type':
      return issue.input === undefined ? 'kernel.form.required' : 'kernel.form.invalid'
    case 'invalid_value':
      return 'kernel.form.not_a_choice'
    default:
      return 'kernel.form.invalid'
  }
}

// --- for programs ---------------------------------------------------------------------------------------------------

/**
 * The same form as JSON: a number for a whole number, `true` for a tick, a list where several may be chosen. From here on it
 * is read like the page.
 * @throws Refused for a field the form does not have
 */
export function typedFrom(json: Record<string, unknown>, schema: Schema): Typed {
  const problems: Record<string, Problem> = Object.create(null)
  const typed: Typed = Object.create(null)
  const textOf = (value: unknown) =>
    value === true ? '1' : typeof value === 'string' ? cleaned(value) : typeof value === 'number' ? String(value) : null
  for (const [name, value] of Object.entries(json)) {
    if (!Object.hasOwn(schema.shape, name)) problems[name] = 'kernel.api.unknown_field'
    else if (value === null || value === false) continue
    else {
      const texts = Array.isArray(value) ? value.map(textOf) : textOf(value)
      if (texts === null || (Array.isArray(texts) && texts.includes(null))) problems[name] = 'kernel.form.invalid'
      else typed[name] = texts as string | string[]
    }
  }
  if (Object.keys(problems).length > 0) throw new Refused(problems)
  return typed
}

const wholeKinds = new WeakMap<z.ZodType, { minimum: number; maximum: number }>()
const tickKinds = new WeakSet<z.ZodType>()

/** What `typedFrom` takes, as JSON Schema. */
export function jsonSchemaOf(schema: Schema): object {
  const { $schema, ...found } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const range = wholeKinds.get(zodSchema as unknown as z.ZodType)
      if (range) replace(jsonSchema, { type: 'integer', ...range })
      else if (tickKinds.has(zodSchema as unknown as z.ZodType))
        replace(jsonSchema, { type: 'boolean', default: false })
    },
  })
  return { ...found, additionalProperties: false }
}
function replace(of: object, by: object) {
  for (const name of Object.keys(of)) delete (of as Record<string, unknown>)[name]
  Object.assign(of, by)
}

const secretKinds = new WeakSet<z.ZodType>()
/** The fields of a form that are taken exactly as typed, and never shown, kept in a draft or given back. */
export const secretsOf = (schema: Schema): ReadonlySet<string> =>
  new Set(Object.entries(schema.shape).flatMap(([name, kind]) => (secretKinds.has(kind as z.ZodType) ? [name] : [])))

// The kinds of field our forms are made of.

export const text = (max = 200) => z.string({ error: 'kernel.form.required' }).max(max)
export const longText = (max = 4000) => text(max)
export const day = () =>
  z.iso.date({ error: ({ input }) => (input === undefined ? 'kernel.form.required' : 'kernel.form.not_a_day') })
export const time = () =>
  z.iso.time({
    precision: -1,
    error: ({ input }) => (input === undefined ? 'kernel.form.required' : 'kernel.form.not_a_time'),
  })
export function whole(min: number, max: number) {
  const kind = z
    .string({ error: 'kernel.form.required' })
    .regex(/^[+-]?\d{1,9}$/, { error: 'kernel.form.not_a_number' })
    .transform(Number)
    .pipe(z.number().min(min).max(max))
  wholeKinds.set(kind, { minimum: min, maximum: max })
  return kind
}
export const id = () => z.uuid({ error: 'kernel.form.not_a_choice' })
export const choice = <const Codes extends readonly [string, ...string[]]>(codes: Codes) =>
  z.enum(codes, { error: ({ input }) => (input === undefined ? 'kernel.form.required' : 'kernel.form.not_a_choice') })
export function tick() {
  const kind = z
    .string()
    .optional()
    .transform((value) => value !== undefined)
  tickKinds.add(kind)
  return kind
}
/** Several values of one name; none sent means an empty list. */
export const several = <Item extends z.ZodType>(item: Item, max = 100) =>
  z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value.filter((one) => one !== '') : [value]),
    z.array(item).max(max),
  )
/** A password or a code; its length is counted in characters, not in UTF-16 units. */
export function secret({ min = 1, max = 128 } = {}) {
  const kind = z.string({ error: 'kernel.form.required' }).superRefine((value, check) => {
    const length = [...value].length
    if (length < min) check.addIssue({ code: 'too_small', origin: 'string', minimum: min, input: value })
    if (length > max) check.addIssue({ code: 'too_big', origin: 'string', maximum: max, input: value })
  })
  secretKinds.add(kind)
  return kind
}
export const email = () => z.email({ error: 'kernel.form.not_an_email' }).max(254)
/** Cleans to `+39…`-like digits; what it belongs to is judged where it is used. */
export const phone = () =>
  z
    .string()
    .max(40)
    .regex(/^[+\d\s().\-/]*\d[+\d\s().\-/]*$/, { error: 'kernel.form.not_a_phone' })
