import type { Child } from 'hono/jsx'
import { drawField } from './fields-drawn.ts'
import { useFrame } from './frame.ts'
import { Pictogram } from './pictogram.tsx'
import { described, errorId, hintId } from './typed-form.ts'

type Props = {
  name: string
  id: string
  label: Child
  hint?: Child | undefined
  error?: string | undefined
  optional?: boolean | undefined
  children: Child
}

/** Label above, hint below it, error beside the control: the same for every kind of field. */
export function FieldFrame({ name, id, label, hint, error, optional, children }: Props) {
  drawField(name, id, label)
  return (
    <div class={error ? 'form-group has-error' : 'form-group'}>
      <label class="form-label" for={id}>
        {label}
        {optional && <OptionalWord />}
      </label>
      <Above id={id} hint={hint} error={error} />
      {children}
    </div>
  )
}

/** The same for a group of answers. */
export function GroupFrame({ name, id, label, hint, error, optional, children }: Props) {
  drawField(name, id, label)
  const { 'aria-describedby': by } = described(id, hint, error)
  return (
    <fieldset class={error ? 'form-group has-error' : 'form-group'} aria-describedby={by}>
      <legend class="form-label">
        {label}
        {optional && <OptionalWord />}
      </legend>
      <Above id={id} hint={hint} error={error} />
      {children}
    </fieldset>
  )
}

function Above({ id, hint, error }: Pick<Props, 'id' | 'hint' | 'error'>) {
  return (
    <>
      {hint && (
        <p class="form-text" id={hintId(id)}>
          {hint}
        </p>
      )}
      {error && <FieldError id={id}>{error}</FieldError>}
    </>
  )
}

function OptionalWord() {
  return <span class="optional"> ({useFrame().t('ui.field.optional')})</span>
}

export function FieldError({ id, children }: { id: string; children: string }) {
  return (
    <p class="invalid-feedback" id={errorId(id)}>
      <Pictogram name="alert-triangle" size="s" />
      <span>
        <span class="visually-hidden">{useFrame().t('ui.field.error')} </span>
        {children}
      </span>
    </p>
  )
}
