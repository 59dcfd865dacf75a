import type { Child } from 'hono/jsx'
import { useFrame } from './frame.ts'

/** What it is and what it says, on one line, with the colon of each language: some write no space after it, some one before. */
export function Labelled({ label, children }: { label: string; children: Child }) {
  const [before, after] = useFrame().t('ui.labelled', { label, value: '\u0000' }).split('\u0000')
  return (
    <>
      {before}
      {children}
      {after}
    </>
  )
}
