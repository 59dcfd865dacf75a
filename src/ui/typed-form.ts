/** What the fields need of a form, so that `name` is checked against its schema. */
export type TypedForm = {
  readonly values: { readonly [name: string]: string | string[] | undefined }
  readonly errors: { readonly [name: string]: string | undefined }
}
export type NameIn<F extends TypedForm> = keyof F['values'] & string

export const fieldId = (name: string) => `f-${name}`
export const errorId = (id: string) => `${id}-error`
export const hintId = (id: string) => `${id}-hint`

export const typedText = (form: TypedForm, name: string) => {
  const value = form.values[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}
export const typedList = (form: TypedForm, name: string) => {
  const value = form.values[name]
  return value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]
}

/** The attributes that bind a control to its hint and its error. */
export function described(id: string, hint: unknown, error: string | undefined) {
  const by = [error && errorId(id), hint && hintId(id)].filter(Boolean).join(' ')
  return { ...(by && { 'aria-describedby': by }), ...(error && { 'aria-invalid': 'true' as const }) }
}
