import type { Failure } from '../kernel/look.ts'
import { useFrame } from './frame.ts'
import { Page } from './page.tsx'
import { SearchBox } from './search-box.tsx'
import { publicHome, signIn, staffHome } from './urls.ts'

/** One clear sentence, what to do, and the code to read out on the phone. */
export function FailurePage({
  failure,
  request_id,
  sentences = [],
}: {
  failure: Failure
  request_id: string
  sentences?: string[]
}) {
  const { lang, surface, t } = useFrame()
  const home = surface === 'staff' ? staffHome.href() : publicHome.href({ l: lang })
  return (
    <Page title={t(`ui.failure.${failure}.title`)} lead={t(`ui.failure.${failure}.text`)}>
      {sentences.map((sentence) => (
        <p>{sentence}</p>
      ))}
      <p>{t(`ui.failure.${failure}.do`)}</p>
      {failure === 'not_found' && surface === 'public' && <SearchBox />}
      {failure !== 'unavailable' && failure !== 'too_many' && (
        <p>
          <a class="btn btn-primary" href={home}>
            {t('ui.failure.home')}
          </a>
        </p>
      )}
      {failure === 'forbidden' && surface === 'staff' && (
        <p>
          <a href={signIn.href()}>{t('ui.staff.failure.sign_in')}</a>
        </p>
      )}
      <p class="code">{t('ui.failure.code', { code: request_id })}</p>
    </Page>
  )
}
