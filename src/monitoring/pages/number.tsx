import { useFrame } from '../../ui/frame.ts'
import { Count } from '../../ui/time.tsx'
import type { Counts } from '../rules/definitions.ts'
import { countsPeople, isSmall } from '../rules/report.ts'

type Props = {
  of: number | null
  counts: Counts /** Small numbers of people are hidden from this reader. */
  hides: boolean
}

/** A figure as this reader may see it. Null is a cell that was hidden. */
export function Figure({ of, counts, hides }: Props) {
  const { t } = useFrame()
  if (of === null || (hides && countsPeople(counts) && isSmall(of)))
    return <span class="figure">{t('monitoring.figure.small')}</span>
  if (counts === 'minutes') return <bdi class="figure">{t('monitoring.figure.hours', { count: of })}</bdi>
  return <Count of={of} />
}
