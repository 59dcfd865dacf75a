import type { EventShownLine } from '../../board/actions.ts'
import { NextEvents, WaysIn } from '../../board/parts.tsx'
import { open as courses } from '../../courses/urls.ts'
import { YourVoice } from '../../participation/parts.tsx'
import { useFrame } from '../../ui/frame.ts'
import { JsonLd } from '../../ui/json-ld.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Tile, Tiles } from '../../ui/tile.tsx'
import type { DeskToVisit } from '../actions.ts'
import { needPages } from '../codes.ts'
import { portal } from '../urls.ts'
import { useServiceData } from './service-data.ts'
import { WhereAndWhen } from './where-and-when.tsx'

export function HomePage({ desk, events }: { desk: DeskToVisit; events: readonly EventShownLine[] }) {
  const { lang, t } = useFrame()
  return (
    <Page
      title={t('portal.home.title')}
      description={t('portal.home.description')}
      head={<JsonLd data={useServiceData(desk)} />}
    >
      <SearchBox />
      <nav aria-label={t('portal.home.needs')}>
        <Tiles>
          {needPages.map(({ need, pictogram }) => (
            <Tile href={portal.need.href({ l: lang, need })} pictogram={pictogram}>
              {t(`portal.tile.${need}`)}
            </Tile>
          ))}
        </Tiles>
      </nav>
      <WaysIn>
        <li>
          <a href={courses.list.href({ l: lang })}>{t('courses.title')}</a>
        </li>
      </WaysIn>
      <div class="halves">
        <WhereAndWhen desk={desk} />
        <Fears />
      </div>
      <div class="halves">
        <NextEvents events={events} />
        <YourVoice />
      </div>
    </Page>
  )
}

/** What people ask themselves before they dare to come. No promise that cannot be kept. */
function Fears() {
  const { lang, t } = useFrame()
  return (
    <section aria-labelledby="prima">
      <h2 id="prima">{t('portal.fear.title')}</h2>
      {(['free', 'papers', 'secret'] as const).map((fear) => (
        <>
          <h3>{t(`portal.fear.${fear}.q`)}</h3>
          <p>{t(`portal.fear.${fear}.a`)}</p>
        </>
      ))}
      <ul class="footer-list list-inline">
        <li class="list-inline-item">
          <a href={portal.privacy.href({ l: lang })}>{t('portal.fear.more')}</a>
        </li>
        <li class="list-inline-item">
          <a href={portal.project.href({ l: lang })}>{t('portal.home.project')}</a>
        </li>
      </ul>
    </section>
  )
}
