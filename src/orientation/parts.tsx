import type { Ctx } from '../kernel/ctx.ts'
import type { FileSection } from '../kernel/module.ts'
import { Chip } from '../ui/chip.tsx'
import { Day, Minutes } from '../ui/time.tsx'
import { PlanChip } from './pages/list.tsx'
import { useWords } from './pages/words.ts'
import { may } from './rules/may.ts'
import { type Plan, plansOf, type Referral, referralsOf } from './store/plans.ts'
import { type SessionOf, sessionsOf } from './store/sessions.ts'
import { orientation } from './urls.ts'

/** SELF in a person's file: for its advisers the plans and the sessions; for the desk only that there is somebody who follows. */
export async function orientationSection(ctx: Ctx, person_ids: string[]): Promise<FileSection[]> {
  const plans = await plansOf(ctx, person_ids)
  const referrals = (await referralsOf(ctx, person_ids)).filter(({ end_reason }) => end_reason !== 'withdrawn')
  const works = ctx.actor.can(may.work)
  const sees = ctx.actor.can(may.see)
  if (!works && plans.length === 0 && referrals.length === 0) return []
  const sessions = sees ? (await sessionsOf(ctx, person_ids)).filter(({ withdrawn_on }) => !withdrawn_on) : []
  return [
    {
      order: 36,
      title: ctx.t('orientation.title'),
      body: (
        <Orientation
          person={person_ids[0] as string}
          plans={plans}
          referrals={referrals}
          sessions={sessions}
          works={works}
          sees={sees}
        />
      ),
    },
  ]
}

function Orientation({
  person,
  plans,
  referrals,
  sessions,
  works,
  sees,
}: {
  person: string
  plans: readonly Plan[]
  referrals: readonly Referral[]
  sessions: readonly SessionOf[]
  works: boolean
  sees: boolean
}) {
  const { t, word } = useWords()
  const waiting = referrals.find(({ ended_on }) => ended_on === null)
  const open = plans.some(({ closed_on }) => closed_on === null)
  const minutes = sessions.reduce((sum, one) => sum + one.minutes, 0)
  return (
    <>
      {waiting && (
        <p>
          <Chip state="wait">{t('orientation.sent.by_desk')}</Chip> <Day on={waiting.on_day} as="short" />
        </p>
      )}
      <ul class="plain">
        {plans.map((plan) => (
          <li>
            {sees ? (
              <a href={orientation.plan.href({ plan: plan.id })}>
                {t('orientation.plan.open')} <Day on={plan.opened_on} as="short" />
              </a>
            ) : (
              <>
                {t('orientation.plan.open')} <Day on={plan.opened_on} as="short" />
              </>
            )}{' '}
            {sees ? (
              <PlanChip of={plan} />
            ) : (
              <Chip state="info">{t(plan.closed_on ? 'orientation.file.over' : 'orientation.file.follows')}</Chip>
            )}
          </li>
        ))}
      </ul>
      {sessions[0] && (
        <p>
          {t('orientation.file.sessions', { count: sessions.length })} · <Minutes of={minutes} /> ·{' '}
          {t('orientation.file.last')} <Day on={sessions[0].on_day} as="short" /> ({word('session', sessions[0].kind)})
        </p>
      )}
      {works && !open && (
        <p>
          <a
            class="btn btn-outline-primary"
            href={waiting ? orientation.referral.href({ referral: waiting.id }) : orientation.open.href({ person })}
          >
            {t('orientation.interview.begin')}
          </a>
        </p>
      )}
    </>
  )
}
