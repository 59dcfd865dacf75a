import { Chip } from './chip.tsx'
import { useFrame } from './frame.ts'

/** Whether a register is signed on paper, and where to print the sheet of those who are on no signed one. */
export function SigningLine({
  of: { sheets, missing },
  print,
}: {
  of: { sheets: number; missing: readonly string[] }
  print: string | null
}) {
  const { t } = useFrame()
  if (sheets === 0)
    return (
      <p>
        <Chip state="none">{t('ui.signing.none')}</Chip>
      </p>
    )
  return (
    <p class="actions">
      <Chip state={missing.length > 0 ? 'wait' : 'good'}>{t('ui.signing.sheets', { count: sheets })}</Chip>
      {missing.length > 0 && <strong>{t('ui.signing.missing', { count: missing.length })}</strong>}
      {missing.length > 0 && print && <a href={print}>{t('ui.signing.print')}</a>}
    </p>
  )
}
