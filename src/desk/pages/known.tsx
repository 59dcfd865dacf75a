import type { AtAGlance } from '../../people/actions.ts'
import { people } from '../../people/urls.ts'
import { Chip } from '../../ui/chip.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Name } from '../../ui/name.tsx'
import { Day } from '../../ui/time.tsx'
import { desk } from '../urls.ts'
import { VisitList } from './visit-list.tsx'
import type { Front, InFront } from './work.tsx'

/** What is known of who is here: what expires, the last visits, the household, how often the file was read. */
export function Known({ front, of }: { front: Front; of: InFront }) {
  const { t } = useFrame()
  return (
    <>
      <h2 class="h5">{t('desk.work.known')}</h2>
      <Expiry glance={of.glance} />
      <VisitList visits={of.history} />
      <h3 class="h6">{t('people.household.title')}</h3>
      {of.kin.members.length > 0 && (
        <ul class="plain">
          {of.kin.members.map(({ head }) => (
            <li>
              <a class="person-pick" href={desk.work.href({ opening: front.opening.id }, { persona: head.id })}>
                <Name latin={head.latin} original={head.original} />
              </a>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a class="person-pick" href={people.household.href({ id: of.person.id })}>
          {t('people.household.add')}
        </a>
      </p>
      <p class="form-text">{t('desk.work.readings', { count: of.glance.readings })}</p>
      <p>
        <a class="person-pick" href={people.file.href({ id: of.person.id })}>
          {t('desk.work.whole_file')}
        </a>
      </p>
    </>
  )
}

/** In words, and never an alarm: what is over can still be put right. */
function Expiry({ glance: { expiry } }: { glance: AtAGlance }) {
  const { t } = useFrame()
  if (!expiry) return null
  const { on, days } = expiry
  const words = days > 0 ? 'desk.work.expires' : days === 0 ? 'desk.work.expires_today' : 'desk.work.expired'
  return (
    <p>
      <Chip state="wait">
        {t(words, { days: Math.abs(days) })} (<Day on={on} as="short" />)
      </Chip>
      {days < 0 && <span class="form-text">{t('desk.work.expired_more')}</span>}
    </p>
  )
}
