import { Callout } from '../../ui/callout.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import type { Printing } from '../actions/printing.ts'
import { courses } from '../urls.ts'

/** How far the certificates are; each part can be taken as soon as it is set, and the page can be left. */
export function PrintingPage({ of: { id, edition, total, done, parts } }: { of: Printing }) {
  const { t } = useFrame()
  return (
    <Page title={t('courses.printing')} lead={edition.title}>
      {done === total ? (
        <Callout state="good" title={t('courses.printing.done', { total })} live />
      ) : (
        <Progress
          doing={t('courses.printing.doing')}
          done={done}
          total={total}
          href={courses.printing.href({ printing: id })}
        />
      )}
      <ul class="plain">
        {parts.map(({ part, from, to }) => (
          <li>
            <a href={courses.printed.href({ printing: id, part: String(part) })}>
              {t('courses.printing.part', { from, to })}
            </a>
          </li>
        ))}
      </ul>
      <p>{t('courses.printing.kept')}</p>
      <p>
        <a href={courses.certificates.href({ edition: edition.id })}>{t('courses.nav.certificates')}</a>
      </p>
    </Page>
  )
}
