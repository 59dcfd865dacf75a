import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { type Form, marks } from '../kernel/form.ts'
import { buttonLook } from './button-form.tsx'
import { type FieldsDrawn, FieldsDrawnContext } from './fields-drawn.ts'
import { useFrame } from './frame.ts'

type AnyForm = Pick<Form, 'once' | 'ambito_id'> & { readonly errors: { readonly [name: string]: string | undefined } }
type Props = {
  form: AnyForm
  /** What happens: "Salva e chiama il prossimo", not "Invia". */
  submit: Child
  /** Where it goes; the page's own address unless told. */
  action?: string
  /** A second button that sends the same form with a word of its own. */
  second?: { name: string; value: string; text: Child }
  /** A way out that saves nothing. */
  cancel?: { href: string; text: Child }
  /** On a form that is one deed among others. */
  quiet?: boolean
  children: Child
}

/** A form that is posted: its marks, what is wrong first, the fields, one obvious button. */
export function FormCard({ form, submit, action, second, cancel, quiet, children }: Props) {
  // Drawn first, to know which fields are here: an error whose field is elsewhere must not be a dead link.
  const drawn: FieldsDrawn = new Map()
  const fields = String(<FieldsDrawnContext.Provider value={drawn}>{children}</FieldsDrawnContext.Provider>)
  return (
    <form
      method="post"
      class="form-card"
      action={action}
      enctype={fields.includes('type="file"') ? 'multipart/form-data' : undefined}
      novalidate
      data-form
    >
      <input type="hidden" name={marks.once} value={form.once} />
      <input type="hidden" name={marks.ambito} value={form.ambito_id} />
      <ErrorSummary errors={form.errors} drawn={drawn} />
      {raw(fields)}
      <div class="form-buttons">
        <button class={quiet ? buttonLook.outline : buttonLook.primary} type="submit" data-submit>
          {submit}
        </button>
        {second && (
          <button class={buttonLook.outline} type="submit" name={second.name} value={second.value}>
            {second.text}
          </button>
        )}
        {cancel && (
          <a class={buttonLook.quiet} href={cancel.href}>
            {cancel.text}
          </a>
        )}
      </div>
    </form>
  )
}

function ErrorSummary({ errors, drawn }: { errors: AnyForm['errors']; drawn: FieldsDrawn }) {
  const { t } = useFrame()
  const order = [...drawn.keys()]
  const wrong = Object.entries(errors)
    .filter((error): error is [string, string] => Boolean(error[1]))
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
  if (wrong.length === 0) return null
  return (
    <div class="alert note note-bad" role="alert" tabindex={-1} autofocus data-summary>
      <div class="note-text">
        <h2 class="alert-heading">{t('ui.summary.title', { count: wrong.length })}</h2>
        <ul>
          {wrong.map(([name, sentence]) => {
            const field = drawn.get(name)
            return field ? (
              <li>
                <a href={`#${field.id}`}>
                  <strong>{field.label}</strong> – {sentence}
                </a>
              </li>
            ) : (
              <li>{sentence}</li>
            )
          })}
        </ul>
      </div>
    </div>
  )
}

/** Sent unseen, with the form. */
export function Hidden({ name, value }: { name: string; value: string }) {
  return <input type="hidden" name={name} value={value} />
}
