import { useFrame } from './frame.ts'
import { Count } from './time.tsx'

export type Tab = { text: string; href: string; here?: boolean; count?: number }

/** Sections of one thing, each with an address of its own. */
export function Tabs({ of, label }: { of: readonly Tab[]; label?: string }) {
  const { t } = useFrame()
  return (
    <nav aria-label={label ?? t('ui.tabs.title')}>
      <ul class="nav nav-tabs">
        {of.map((tab) => (
          <li class="nav-item">
            <a class="nav-link" href={tab.href} {...(tab.here && { 'aria-current': 'page' as const })}>
              {tab.text}
              {tab.count !== undefined && (
                <span class="tab-count">
                  <Count of={tab.count} />
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
