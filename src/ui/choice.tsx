import type { Child } from 'hono/jsx'
import type { FieldProps } from './field.tsx'
import { FieldError, FieldFrame, GroupFrame } from './field-frame.tsx'
import { drawField } from './fields-drawn.ts'
import { useFrame } from './frame.ts'
import { described, fieldId, type TypedForm, typedList, typedText } from './typed-form.ts'

export type Option = { value: string; text: string; hint?: Child; lang?: string }
type Props<F extends TypedForm> = FieldProps<F> & { options: readonly Option[] }
/** Short answers stand side by side where there is room. */
type Beside = { beside?: boolean }

/** One answer of a few, all seen at once. More than seven: `Select` or `Combo`. */
export function Choice<F extends TypedForm>(props: Props<F> & Beside) {
  const chosen = typedText(props.form, props.name)
  return <AnswerGroup type="radio" chosen={chosen === '' ? [] : [chosen]} {...props} />
}

/** Several answers of a few. */
export function Choices<F extends TypedForm>(props: Props<F> & Beside) {
  return <AnswerGroup type="checkbox" chosen={typedList(props.form, props.name)} {...props} />
}

function AnswerGroup<F extends TypedForm>({
  form,
  name,
  options,
  id = fieldId(name),
  beside = false,
  type,
  chosen,
  ...group
}: Props<F> & Beside & Pick<AnswersProps, 'type' | 'chosen'>) {
  return (
    <GroupFrame name={name} id={id} {...group} error={form.errors[name]}>
      <Answers type={type} id={id} name={name} options={options} chosen={chosen} beside={beside} />
    </GroupFrame>
  )
}

/** One answer of a long fixed list. */
export function Select<F extends TypedForm>({
  form,
  name,
  options,
  id = fieldId(name),
  label,
  hint,
  optional,
  none,
}: Props<F> & { /** What choosing nothing means: "Tutti" in a filter. */ none?: string }) {
  const { t } = useFrame()
  const error = form.errors[name]
  const chosen = typedText(form, name)
  return (
    <FieldFrame name={name} id={id} label={label} hint={hint} error={error} optional={optional}>
      <select
        id={id}
        name={name}
        class={error ? 'form-select is-invalid' : 'form-select'}
        {...described(id, hint, error)}
      >
        <option value="">{none ?? (optional ? t('ui.field.none_chosen') : t('ui.field.choose'))}</option>
        {options.map((option) => (
          <option value={option.value} selected={option.value === chosen} lang={option.lang}>
            {option.text}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}

/** One yes, or nothing. */
export function Tick<F extends TypedForm>({
  form,
  name,
  label,
  hint,
  id = fieldId(name),
}: Omit<FieldProps<F>, 'optional'>) {
  const error = form.errors[name]
  drawField(name, id, label)
  return (
    <div class={error ? 'form-group has-error' : 'form-group'}>
      {error && <FieldError id={id}>{error}</FieldError>}
      <div class="form-check">
        <input
          class="form-check-input"
          type="checkbox"
          id={id}
          name={name}
          value="1"
          checked={typedText(form, name) !== ''}
          {...described(id, hint, error)}
        />
        <label class="form-check-label" for={id}>
          {label}
          {hint && (
            <span class="form-text" id={`${id}-hint`}>
              {hint}
            </span>
          )}
        </label>
      </div>
    </div>
  )
}

type AnswersProps = {
  type: 'radio' | 'checkbox'
  id: string
  name: string
  options: readonly Option[]
  chosen: readonly string[]
} & Beside

export function Answers({ type, id, name, options, chosen, beside }: AnswersProps) {
  return (
    <div class={beside ? 'answers answers-beside' : 'answers'}>
      {options.map((option, at) => {
        // The summary of errors points to the first one.
        const own = at === 0 ? id : `${id}-${at}`
        return (
          <div class="form-check">
            <input
              class="form-check-input"
              type={type}
              id={own}
              name={name}
              value={option.value}
              checked={chosen.includes(option.value)}
              {...(option.hint !== undefined && { 'aria-describedby': `${own}-more` })}
            />
            <label class="form-check-label" for={own} lang={option.lang}>
              {option.text}
            </label>
            {option.hint !== undefined && (
              <span class="form-text" id={`${own}-more`}>
                {option.hint}
              </span>
            )}
          </div>
        )
      })}
    </div>
  )
}
