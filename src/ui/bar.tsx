import type { Child } from 'hono/jsx'
import { useFrame } from './frame.ts'
import { Count } from './time.tsx'
import { numberInWords } from './words-of-time.ts'

type Props = {
  label: Child
  target: number
  done: number
  /** Where it should stand today. */
  expected?: number
  /** The people or facts behind the number. */
  href?: string
  /** The sentence that says what it counts. */
  says?: Child
}

/** Target, done, expected by today. Everything drawn is also written. */
export function Bar({ label, target, done, expected, href, says }: Props) {
  const { lang, t } = useFrame()
  const share = target > 0 ? done / target : 0
  const reached = t('ui.bar.reached', {
    percent: numberInWords(share, lang, { style: 'percent', maximumFractionDigits: 0 }),
  })
  const number = <Count of={done} />
  return (
    <div class="bar">
      <p class="bar-words">
        <span class="bar-label">{label}</span>
        <span class="bar-done">{href ? <a href={href}>{number}</a> : number}</span>
        <span>{t('ui.bar.of', { target })}</span>
        <span class="text-muted">{reached}</span>
      </p>
      <svg class="bar-drawn" aria-hidden="true" focusable="false">
        <rect class="bar-track" width="100%" height="12" y="4" rx="6" />
        <rect class="bar-fill" width={percent(share)} height="12" y="4" rx="6" />
        {expected !== undefined && target > 0 && (
          <rect class="bar-mark" x={percent(expected / target)} width="3" height="20" />
        )}
      </svg>
      {expected !== undefined && <p class="bar-says">{t('ui.bar.expected', { expected })}</p>}
      {says && <p class="bar-says">{says}</p>}
    </div>
  )
}

const percent = (share: number) => `${(Math.min(Math.max(share, 0), 1) * 100).toFixed(2)}%`
