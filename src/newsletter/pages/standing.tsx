import { Chip, type State } from '../../ui/chip.tsx'
import { useFrame } from '../../ui/frame.ts'
import { ownName } from '../../ui/words-of-time.ts'
import type { Standing } from '../rules/issues.ts'

const looks = {
  draft: 'none',
  planned: 'info',
  sending: 'info',
  halted: 'bad',
  sent: 'good',
} as const satisfies Record<Standing, State>

export function StandingChip({ of }: { of: Standing }) {
  const { t } = useFrame()
  return <Chip state={looks[of]}>{t(`newsletter.standing.${of}`)}</Chip>
}

/** A language as the people of the office call it, beside its own name. */
export function LanguageName({ of }: { of: string }) {
  return (
    <bdi lang={of} dir="auto">
      {ownName(of)}
    </bdi>
  )
}
