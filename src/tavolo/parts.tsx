/** What other pages show of the tavolo. */
import { useFrame } from '../ui/frame.ts'
import { open } from './urls.ts'

/** On the page of the project: where everybody reads what the tavolo decided. */
export function TavoloLink() {
  const { lang, t } = useFrame()
  return (
    <section aria-labelledby="tavolo">
      <h2 id="tavolo">{t('tavolo.open.title')}</h2>
      <p>{t('tavolo.open.lead')}</p>
      <p>
        <a href={open.list.href({ l: lang })}>{t('tavolo.open.all')}</a>
      </p>
    </section>
  )
}
