import type { Child } from 'hono/jsx'
import { FieldFrame } from './field-frame.tsx'
import { described, fieldId, type NameIn, type TypedForm, typedText } from './typed-form.ts'

export type Kind = 'text' | 'date' | 'time' | 'number' | 'email' | 'tel' | 'password' | 'search' | 'textarea'

export type FieldProps<F extends TypedForm> = {
  form: F
  name: NameIn<F>
  label: Child
  hint?: Child
  /** Says the word "optional": most fields of a good form are needed. */
  optional?: boolean
  /** Only when two forms of a page share a name. */
  id?: string
}
type Props<F extends TypedForm> = FieldProps<F> & {
  kind?: Kind
  autocomplete?: string
  inputmode?: 'text' | 'numeric' | 'tel' | 'email' | 'search'
  /** How much is usually typed: the box shows how long the answer is. */
  width?: 'short' | 'medium' | 'full'
  max_length?: number
  min?: string | number
  max?: string | number
  rows?: number
  /** Words offered while typing; anything else may be typed too. */
  offered?: readonly string[]
  /** Where `/` goes. */
  search?: boolean
  autofocus?: boolean
}

const widths = { short: 'form-control field-short', medium: 'form-control field-medium', full: 'form-control' }
const widthOf: Partial<Record<Kind, keyof typeof widths>> = {
  date: 'medium',
  time: 'short',
  number: 'short',
  tel: 'medium',
}
const inputmodes: Partial<Record<Kind, string>> = { number: 'numeric', tel: 'tel', email: 'email', search: 'search' }

export function Field<F extends TypedForm>({ form, name, label, hint, optional, id = fieldId(name), ...of }: Props<F>) {
  const error = form.errors[name]
  return (
    <FieldFrame name={name} id={id} label={label} hint={hint} error={error} optional={optional}>
      <Control id={id} name={name} value={typedText(form, name)} described={described(id, hint, error)} {...of} />
    </FieldFrame>
  )
}

type ControlProps = Omit<Props<TypedForm>, keyof FieldProps<TypedForm>> & {
  id: string
  name: string
  value: string
  described: ReturnType<typeof described>
}

function Control({
  id,
  name,
  value,
  described,
  kind = 'text',
  autocomplete = 'off',
  inputmode = inputmodes[kind] as ControlProps['inputmode'],
  width = widthOf[kind] ?? 'full',
  ...of
}: ControlProps) {
  const shared = {
    id,
    name,
    class: described['aria-invalid'] ? `${widths[width]} is-invalid` : widths[width],
    dir: ltrKinds.has(kind) ? ('ltr' as const) : ('auto' as const),
    autocomplete,
    ...(of.max_length && { maxlength: of.max_length }),
    ...(of.autofocus && { autofocus: true }),
    ...(of.search && { 'data-search': true }),
    ...described,
  }
  if (kind === 'textarea')
    return (
      <textarea {...shared} rows={of.rows ?? 4}>
        {value}
      </textarea>
    )
  return (
    <>
      <input
        {...shared}
        // A number field of the browser changes its value when the wheel turns; digits are checked by the schema.
        type={kind === 'number' ? 'text' : kind}
        value={kind === 'password' ? '' : value}
        {...(inputmode && { inputmode })}
        {...((kind === 'date' || kind === 'time') && { min: of.min, max: of.max })}
        {...(of.offered && { list: `${id}-list` })}
      />
      {of.offered && (
        <datalist id={`${id}-list`}>
          {of.offered.map((word) => (
            <option value={word} />
          ))}
        </datalist>
      )}
    </>
  )
}

/** Digits and addresses are written from left to right in every language. */
const ltrKinds = new Set<Kind>(['date', 'time', 'number', 'tel', 'email', 'password'])
