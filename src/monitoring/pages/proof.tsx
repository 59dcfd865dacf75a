import { useFrame } from '../../ui/frame.ts'
import { Moment } from '../../ui/time.tsx'

/** What proves a fact: its record, or for those who may not open it when it was recorded and under which number. */
export function ProofOf({
  of: { href, evidence, recorded_at },
}: {
  of: { href: string | null; evidence: string | null; recorded_at: string | null }
}) {
  const { t } = useFrame()
  if (href) return <a href={href}>{t('monitoring.evidence.open')}</a>
  return (
    <span class="text-break">
      {recorded_at && (
        <>
          {t('monitoring.evidence.recorded')} <Moment at={recorded_at} as="numeric" />{' '}
        </>
      )}
      <code class="form-text">{evidence}</code>
    </span>
  )
}
