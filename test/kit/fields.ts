/** What a form asks, read from its schema: so that every form can be filled in, well or badly, without knowing it. */
import { z } from 'zod'
import type { Schema } from '../../src/kernel/form.ts'

export type Kind = 'text' | 'day' | 'time' | 'choice' | 'id' | 'email' | 'whole' | 'pattern'
export type FieldAsked = {
  name: string
  kind: Kind
  list: boolean
  required: boolean
  max: number | undefined
  choices: string[]
}
type Json = { type?: string; format?: string; enum?: string[]; maxLength?: number; pattern?: string; items?: Json }

export function fieldsOf(schema: Schema): FieldAsked[] {
  return Object.entries(schema.shape).map(([name, field]) => {
    const kind = field as z.ZodType
    const asked = z.toJSONSchema(kind, { io: 'input', unrepresentable: 'any' }) as Json
    const list = asked.type === 'array'
    const one = (list ? asked.items : asked) ?? {}
    return {
      name,
      list,
      kind: kindOf(one),
      required: !kind.safeParse(undefined).success,
      max: one.maxLength,
      choices: one.enum ?? [],
    }
  })
}

function kindOf({ format, enum: choices, pattern }: Json): Kind {
  if (choices) return 'choice'
  if (format === 'uuid') return 'id'
  if (format === 'date') return 'day'
  if (format === 'email') return 'email'
  if (pattern?.includes('[01]\\d|2[0-3]')) return 'time'
  if (pattern?.includes('\\d{1,9}')) return 'whole'
  return pattern ? 'pattern' : 'text'
}

let emails = 0
/** A value the shape accepts; what it means may still be refused. */
export function plausible(field: FieldAsked, id: (name: string) => string): string {
  const { kind, choices, name, max = 200 } = field
  if (kind === 'choice') return choices[0] as string
  if (kind === 'id') return id(name)
  if (kind === 'day') return '2026-11-20'
  if (kind === 'time') return name.startsWith('end') ? '12:00' : '09:00'
  if (kind === 'email') return `prova-${++emails}@esempio.it`
  if (kind === 'whole') return name.includes('year') ? '2020' : '5'
  if (kind === 'pattern') return '+39 333 1234567'
  return (known[name] ?? 'Prova').slice(0, max)
}
const known: Record<string, string> = {
  citizenship: 'MA',
  country: 'MA',
  country_of_birth: 'MA',
  comune: '098031',
  speaks: 'ar',
  language: 'ar',
  born: '1990',
  password: 'prova-di-notte-2026',
  again: 'prova-di-notte-2026',
  current: 'prova-di-notte-2026',
}

export const filledIn = (schema: Schema, id: (name: string) => string) =>
  Object.fromEntries(
    fieldsOf(schema).flatMap((field) =>
      field.required || field.kind === 'text' || field.list ? [[field.name, plausible(field, id)]] : [],
    ),
  )
