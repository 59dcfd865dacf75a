import { Answers, type Option } from './choice.tsx'
import type { FieldProps } from './field.tsx'
import { GroupFrame } from './field-frame.tsx'
import { useFrame } from './frame.ts'
import { fieldId, type TypedForm, typedList } from './typed-form.ts'

/** An answer found by its code as well as by its words. */
export type Offer = Option & { code?: string }

/**
 * Several answers of a long fixed list, such as the requests of the desk. Without JavaScript: every answer with its box.
 * With it: type the first letters or the code, arrows, Enter adds, Backspace takes the last one away.
 */
export function Combo<F extends TypedForm>({
  form,
  name,
  offers,
  id = fieldId(name),
  autofocus,
  ...group
}: FieldProps<F> & { offers: readonly Offer[]; autofocus?: boolean }) {
  const { t } = useFrame()
  const error = form.errors[name]
  const options = offers.map(({ code, text, ...rest }) => ({ ...rest, text: code ? `${code} ${text}` : text }))
  return (
    <GroupFrame name={name} id={id} {...group} error={error}>
      <div
        class="combo-list"
        tabindex={0}
        data-combo={t('ui.combo.hint')}
        data-remove={t('ui.combo.remove')}
        data-found={foundWords(t)}
        {...(autofocus && { 'data-focus': true })}
      >
        <Answers type="checkbox" id={id} name={name} options={options} chosen={typedList(form, name)} />
      </div>
    </GroupFrame>
  )
}

/** Plurals follow the language: the script picks the sentence of its count, up to the eight it shows. */
const foundWords = (t: ReturnType<typeof useFrame>['t']) =>
  Array.from({ length: 9 }, (_, count) => t('ui.combo.found', { count })).join('|')
