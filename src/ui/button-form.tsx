import type { Child } from 'hono/jsx'
import { marks } from '../kernel/form.ts'
import { useFrame } from './frame.ts'

export type ButtonKind = 'primary' | 'outline' | 'danger' | 'quiet'
export const buttonLook = {
  primary: 'btn btn-primary',
  outline: 'btn btn-outline-primary',
  danger: 'btn btn-danger',
  quiet: 'btn btn-link',
} as const satisfies Record<ButtonKind, string>

type Props = {
  action: string
  children: Child
  kind?: ButtonKind
  /** Sent with it, unseen. */
  values?: Record<string, string>
  /** Asked first, where the deed cannot be undone. */
  sure?: string
  /** One letter that presses it, while nobody types. */
  shortcut?: string
  /** The element (`#queue`) the answer takes the place of; without JavaScript the answer is a page. */
  into?: string
}

/** A button that does something: one POST with its own marks, pressed twice it happens once. */
export function ButtonForm({ sure, ...props }: Props) {
  if (!sure) return <OneButton {...props} />
  return (
    <details class="sure">
      <summary class={buttonLook[props.kind ?? 'outline']}>{props.children}</summary>
      <div class="sure-question">
        <p>{sure}</p>
        <OneButton {...props} kind="danger" />
      </div>
    </details>
  )
}

function OneButton({ action, children, kind = 'outline', values = {}, into, shortcut }: Omit<Props, 'sure'>) {
  return (
    <form
      method="post"
      action={action}
      class="button-form"
      {...(into && { 'hx-post': action, 'hx-target': into, 'hx-swap': 'outerHTML', 'hx-sync': 'this:drop' })}
    >
      <Marks />
      {Object.entries(values).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button
        class={buttonLook[kind]}
        type="submit"
        {...(shortcut && { 'data-key': shortcut, 'aria-keyshortcuts': shortcut })}
      >
        {children}
      </button>
    </form>
  )
}

function Marks() {
  const { ambito } = useFrame()
  return (
    <>
      <input type="hidden" name={marks.once} value={crypto.randomUUID()} />
      <input type="hidden" name={marks.ambito} value={ambito.id} />
    </>
  )
}
