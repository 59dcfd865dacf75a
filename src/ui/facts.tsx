import type { Child } from 'hono/jsx'
import { useFrame } from './frame.ts'

export type Fact = readonly [term: string, value: Child]

/** What is known, term and value; an empty value says so instead of leaving a hole. */
export function Facts({ of }: { of: readonly (Fact | false | null | undefined)[] }) {
  const { t } = useFrame()
  return (
    <dl class="facts">
      {of.map(
        (fact) =>
          fact && (
            <div class="fact">
              <dt>{fact[0]}</dt>
              <dd>{isEmpty(fact[1]) ? <span class="text-muted">{t('ui.facts.missing')}</span> : fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

const isEmpty = (value: Child) => value === null || value === undefined || value === '' || value === false
