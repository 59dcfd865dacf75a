import { useFrame } from '../../ui/frame.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { programme } from '../urls.ts'

const sections = ['project', 'calendar', 'budget', 'settings', 'logos'] as const

export function Sections({ here }: { here: (typeof sections)[number] }) {
  const { t } = useFrame()
  return (
    <Tabs
      of={sections.map((section) => ({
        text: t(`programme.nav.${section}`),
        href: programme[section].href(),
        here: section === here,
      }))}
    />
  )
}

/** Who wrote a row; without an account it came with the programme. */
export const whoOf = (
  names: ReadonlyMap<string, string>,
  account_id: string | null,
  t: ReturnType<typeof useFrame>['t'],
) => (account_id && names.get(account_id)) || t('programme.history.system')
