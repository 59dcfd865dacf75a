import { FieldFrame } from './field-frame.tsx'
import { fieldId, type TypedForm, typedText } from './typed-form.ts'

type Props = { form: TypedForm; name: string; label: string; clear: string; without: string }

/** A field to draw in. The script puts the paper there; until it has, the field says what to do without it. */
export function Pen({ form, name, label, clear, without }: Props) {
  const id = fieldId(name)
  const error = form.errors[name]
  return (
    <FieldFrame name={name} id={id} label={label} error={error}>
      <div class="pen" data-pen={label} data-clear={clear}>
        <input type="hidden" id={id} name={name} value={typedText(form, name)} />
        <p class="form-text">{without}</p>
      </div>
    </FieldFrame>
  )
}
