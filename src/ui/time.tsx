import { dayOf } from '../kernel/clock.ts'
import { useFrame } from './frame.ts'
import {
  type DayStyle,
  dayInWords,
  instant,
  momentInWords,
  numberInWords,
  timeInWords,
  type When,
} from './words-of-time.ts'

const today = () => dayOf(useFrame().now)

/** A day (`YYYY-MM-DD`) in words, with its weekday. */
export function Day({ on, as = 'long' }: { on: string; as?: DayStyle }) {
  return <time datetime={on}>{dayInWords(on, useFrame().lang, today(), as)}</time>
}

/** A day and its hour, in Rome's clock. */
export function Moment({ at, as = 'long' }: { at: When; as?: DayStyle }) {
  return (
    <time datetime={instant(at).toString({ smallestUnit: 'second' })}>
      {momentInWords(at, useFrame().lang, today(), as)}
    </time>
  )
}

/** An hour: of an instant, or a wall time such as `15:00`. */
export function Time({ at }: { at: When }) {
  if (typeof at === 'string' && /^\d\d:\d\d/.test(at)) return <time datetime={at.slice(0, 5)}>{at.slice(0, 5)}</time>
  return <time datetime={instant(at).toString({ smallestUnit: 'second' })}>{timeInWords(at, useFrame().lang)}</time>
}

/** From an hour to another, in the order each language reads them. */
export function TimeRange({ from, to }: { from: When; to: When }) {
  const [before, between, after] = useFrame().t('ui.time.range', { from: '\u0000', to: '\u0000' }).split('\u0000')
  return (
    <bdi>
      {before}
      <Time at={from} />
      {between}
      <Time at={to} />
      {after}
    </bdi>
  )
}

export function Count({ of, decimals = 0 }: { of: number; decimals?: number }) {
  const text = numberInWords(of, useFrame().lang, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  return <bdi class="figure">{text}</bdi>
}

export function Percent({ of, decimals = 0 }: { /** 0.42 is 42% */ of: number; decimals?: number }) {
  return (
    <bdi class="figure">
      {numberInWords(of, useFrame().lang, { style: 'percent', maximumFractionDigits: decimals })}
    </bdi>
  )
}

export function Money({ cents }: { cents: number }) {
  return <bdi class="figure">{numberInWords(cents / 100, useFrame().lang, { style: 'currency', currency: 'EUR' })}</bdi>
}

/** 75 is "1 h 15 min". */
export function Minutes({ of }: { of: number }) {
  const { t } = useFrame()
  const text = t('ui.minutes.short', { hours: Math.floor(of / 60), minutes: of % 60 }).trim()
  return <bdi class="figure">{text || t('ui.minutes.zero')}</bdi>
}
