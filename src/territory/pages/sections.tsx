import { useFrame } from '../../ui/frame.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { territory } from '../urls.ts'

const sections = ['comuni', 'organisations', 'places', 'closures'] as const

/** The four parts of the territory. */
export function Sections({ here }: { here: (typeof sections)[number] }) {
  const { t } = useFrame()
  return (
    <Tabs
      of={sections.map((section) => ({
        text: t(`territory.nav.${section}`),
        href: territory[section].href(),
        here: section === here,
      }))}
    />
  )
}
