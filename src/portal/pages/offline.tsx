/** The portal without a network, and on the first screen of a telephone: one worker and one manifest for each language. */
import { board } from '../../board/urls.ts'
import { direction } from '../../kernel/i18n.ts'
import type { Bytes } from '../../kernel/routes.ts'
import { assetHref, assetText, buildMark } from '../../ui/assets.ts'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { portal } from '../urls.ts'

/** The lists everything begins from; small enough for every telephone. */
const lists = [portal.home, board.services, board.events, board.notices, portal.contacts]

export function worker(lang: string, matters: readonly string[]): Bytes {
  const here = { l: lang }
  const lab = {
    cache: `lab-${lang}-${buildMark}`,
    page: portal.offline.href(here),
    first: [assetHref('public.js'), assetHref('icon.svg'), ...lists.map((one) => one.href(here))],
    matters,
  }
  return { type: 'text/javascript; charset=utf-8', body: `self.lab=${JSON.stringify(lab)};${assetText('offline.js')}` }
}

export const manifest = (lang: string, name: string, description: string): Bytes => ({
  type: 'application/manifest+json; charset=utf-8',
  body: JSON.stringify({
    id: portal.home.href({ l: lang }),
    name,
    short_name: 'Lab’Impact',
    description,
    lang,
    dir: direction(lang),
    start_url: portal.home.href({ l: lang }),
    scope: portal.home.href({ l: lang }),
    display: 'minimal-ui',
    theme_color: '#0066cc',
    background_color: '#ffffff',
    // The drawing is on the page already: nothing more is fetched before somebody installs it.
    icons: [
      { src: assetHref('icon.svg'), sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      ...[192, 512].map((size) => ({
        src: assetHref(`icon-${size}.png`),
        sizes: `${size}x${size}`,
        type: 'image/png',
        purpose: 'maskable',
      })),
    ],
  }),
})

/** Shown in the place of a page that is not on the device: what is, and how to try again. */
export function OfflinePage() {
  const { lang, t } = useFrame()
  const here = { l: lang }
  return (
    <Page
      title={t('portal.offline.title')}
      lead={t('portal.offline.lead')}
      head={<meta name="robots" content="noindex" />}
    >
      <p>
        <a class="btn btn-primary" href="?">
          {t('portal.offline.retry')}
        </a>
      </p>
      <p>{t('portal.offline.saved')}</p>
      <ul>
        <li>
          <a href={portal.home.href(here)}>{t('portal.home.title')}</a>
        </li>
        <li>
          <a href={board.services.href(here)}>{t('board.services.title')}</a>
        </li>
        <li>
          <a href={board.events.href(here)}>{t('board.events.title')}</a>
        </li>
        <li>
          <a href={board.notices.href(here)}>{t('board.notices.title')}</a>
        </li>
        <li>
          <a href={portal.contacts.href(here)}>{t('portal.contacts.title')}</a>
        </li>
      </ul>
    </Page>
  )
}
