import type { TodayLine } from '../../kernel/module.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Day } from '../../ui/time.tsx'

/** What waits for me, in order; each line is one tap from done. */
export function TodayPage({ name, today, lines }: { name: string; today: string; lines: TodayLine[] }) {
  const { t } = useFrame()
  return (
    <Page title={t('accounts.today.title')} heading={t('accounts.today.hello', { name })} lead={<Day on={today} />}>
      {lines.length === 0 ? (
        <EmptyState pictogram="circle-check">{t('accounts.today.nothing')}</EmptyState>
      ) : (
        <ul class="today">
          {lines.map((line) => (
            <li>
              <a class="today-line" href={line.href}>
                {line.text}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
