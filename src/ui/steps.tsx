import { useFrame } from './frame.ts'
import { Pictogram } from './pictogram.tsx'

/** Where one is on a way of several pages; `at` counts from 1. */
export function Steps({ of, at }: { of: readonly string[]; at: number }) {
  const { t } = useFrame()
  return (
    <nav aria-label={t('ui.steps.title')}>
      <p class="visually-hidden">{t('ui.steps.here', { step: at, of: of.length })}</p>
      <ol class="steps">
        {of.map((text, index) => {
          const done = index + 1 < at
          return (
            <li {...(index + 1 === at && { 'aria-current': 'step' as const })}>
              <span class="step-number">{done ? <Pictogram name="check" size="s" /> : <bdi>{index + 1}</bdi>}</span>
              <span>
                {text}
                {done && <span class="visually-hidden"> ({t('ui.steps.done')})</span>}
              </span>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
