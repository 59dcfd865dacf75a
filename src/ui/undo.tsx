import type { Child } from 'hono/jsx'
import { ButtonForm } from './button-form.tsx'
import { useFrame } from './frame.ts'
import { Pictogram } from './pictogram.tsx'

/** What was just done, and ten seconds to take it back. The server decides whether it is still time. */
export function Undo({
  action,
  values,
  seconds = 10,
  children,
}: {
  action: string
  values?: Record<string, string>
  seconds?: number
  children: Child
}) {
  const { t } = useFrame()
  return (
    <div class="alert note note-good" role="status" data-undo={seconds}>
      <div class="note-text">
        <p>{children}</p>
        <ButtonForm action={action} {...(values && { values })}>
          <Pictogram name="arrow-back-up" size="s" />
          <span>{t('ui.undo.text')}</span>
        </ButtonForm>
      </div>
    </div>
  )
}
