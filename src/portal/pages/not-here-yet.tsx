import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import type { DeskToVisit } from '../actions.ts'
import type { NotHereYet } from '../urls.ts'
import { WhereAndWhen } from './where-and-when.tsx'

/** A promised page that is not there: says so, and what to do today. Search engines do not keep it. */
export function NotHereYetPage({ page, desk }: { page: NotHereYet; desk: DeskToVisit }) {
  const { t } = useFrame()
  return (
    <Page
      title={t(`portal.later.${page}`)}
      lead={t('portal.later.lead')}
      head={<meta name="robots" content="noindex" />}
    >
      <p>{page === 'prenota' ? t('portal.later.do.prenota') : t('portal.later.do')}</p>
      <WhereAndWhen desk={desk} />
    </Page>
  )
}
