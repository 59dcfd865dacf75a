import { raw } from 'hono/html'
import { locale } from '../kernel/i18n.ts'
import { assetHref, publicStyle } from './assets.ts'
import { EuropeanEmblem } from './european-emblem.tsx'
import { useFrame } from './frame.ts'
import type { PageProps } from './page.tsx'
import { DemoBanner, PageBody, SkipLinks, siteName } from './page-body.tsx'
import { Pictogram } from './pictogram.tsx'
import { Script } from './staff-document.tsx'
import { Day } from './time.tsx'
import { accessibilityPage, contactsPage, manifestFile, newsletterPage, privacyPage, publicHome } from './urls.ts'
import { ownName } from './words-of-time.ts'

export function PublicDocument(page: PageProps) {
  const { lang, dir, base_url, languages, path, t } = useFrame()
  const style = publicStyle[dir]
  return (
    <html lang={lang} dir={dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${page.title} · ${siteName()}`}</title>
        {page.description && <meta name="description" content={page.description} />}
        <meta name="color-scheme" content="light dark" />
        <link rel="canonical" href={base_url + path} />
        {inEveryLanguage(path, lang) && (
          <>
            {languages.map(({ lang: other }) => (
              <link rel="alternate" hreflang={other} href={base_url + sameIn(path, lang, other)} />
            ))}
            <link rel="alternate" hreflang="x-default" href={base_url + sameIn(path, lang, 'it')} />
          </>
        )}
        <meta property="og:title" content={page.title} />
        {page.description && <meta property="og:description" content={page.description} />}
        <meta property="og:type" content="website" />
        <meta property="og:url" content={base_url + path} />
        <meta property="og:site_name" content={t('ui.site.name')} />
        <meta property="og:locale" content={locale(lang).replace(/-u-.*/, '')} />
        <link rel="icon" href={assetHref('icon.svg') ?? '/assets/icon.svg'} type="image/svg+xml" />
        <link rel="manifest" href={manifestFile.href({ l: lang })} />
        <meta name="theme-color" content="#0066cc" />
        {style && <style>{raw(style)}</style>}
        <Script name="public.js" />
        {page.head}
      </head>
      <body class="public">
        <SkipLinks />
        <DemoBanner />
        <Header untranslated={page.untranslated} />
        <PageBody {...page} />
        <Footer {...(page.updated && { updated: page.updated })} />
      </body>
    </html>
  )
}

const inEveryLanguage = (path: string, lang: string) => path === `/${lang}` || path.startsWith(`/${lang}/`)
/** The same page in another language, or its front page where the address carries none. */
const sameIn = (path: string, lang: string, other: string) =>
  inEveryLanguage(path, lang) ? `/${other}${path.slice(lang.length + 1)}` : publicHome.href({ l: other })

function Header({ untranslated }: Pick<PageProps, 'untranslated'>) {
  const { ambito, lang, t } = useFrame()
  return (
    <header class="it-header-center-wrapper">
      <div class="it-header-center-content-wrapper container">
        <a class="it-brand-wrapper" href={publicHome.href({ l: lang })}>
          <span class="it-brand-text">
            <strong>{t('ui.site.name')}</strong>{' '}
            {ambito.id && (
              <bdi class="it-brand-tagline" lang="it">
                {ambito.name}
              </bdi>
            )}
          </span>
        </a>
        <LanguageMenu />
      </div>
      {!untranslated && <NotChecked />}
      <p class="demo-banner" hidden data-offline>
        {t('ui.offline.here')}
      </p>
    </header>
  )
}

function LanguageMenu() {
  const { lang, languages, path, t } = useFrame()
  return (
    <details class="languages">
      <summary class="btn btn-icon">
        <Pictogram name="language" />
        <span class="visually-hidden">{t('ui.languages.title')}: </span>
        <span>{ownName(lang)}</span>
        <Pictogram name="chevron-down" size="s" />
      </summary>
      <ul class="link-list">
        {languages.map(({ lang: other }) => (
          <li>
            <a
              class="list-item"
              lang={other}
              hreflang={other}
              href={sameIn(path, lang, other)}
              {...(other === lang && { 'aria-current': 'true' as const })}
            >
              {ownName(other)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Until a person has read the translation, every page of it says so. */
function NotChecked() {
  const { lang, languages, t } = useFrame()
  if (languages.find((one) => one.lang === lang)?.checked !== false) return null
  return <p class="not-checked">{t('ui.languages.not_checked')}</p>
}

function Footer({ updated }: { updated?: string }) {
  const { lang, logos, t } = useFrame()
  const l = { l: lang }
  return (
    <footer id="footer" class="it-footer" tabindex={-1}>
      <div class="it-footer-main container">
        <div class="logos">
          <p class="emblem">
            <EuropeanEmblem />
            <span>{t('ui.footer.funded')}</span>
          </p>
          {logos.map((logo) => (
            <img src={logo.src} alt={logo.alt} width={logo.width} height={logo.height} loading="lazy" />
          ))}
        </div>
        <nav aria-label={t('ui.footer.title')}>
          <ul class="footer-list list-inline">
            <li class="list-inline-item">
              <a href={contactsPage.href(l)}>{t('ui.footer.contacts')}</a>
            </li>
            <li class="list-inline-item">
              <a href={newsletterPage.href(l)}>{t('ui.footer.newsletter')}</a>
            </li>
            <li class="list-inline-item">
              <a href={privacyPage.href(l)} data-element="privacy-policy-link">
                {t('ui.footer.privacy')}
              </a>
            </li>
            <li class="list-inline-item">
              <a href={accessibilityPage.href(l)} data-element="accessibility-link">
                {t('ui.footer.accessibility')}
              </a>
            </li>
          </ul>
        </nav>
        {updated && (
          <p class="updated">
            {/* The day stands where each language puts it: the sentence is cut at its place. */}
            {aroundDay(t('ui.footer.updated', { day: '\u0000' }), <Day on={updated} />)}
          </p>
        )}
      </div>
    </footer>
  )
}

function aroundDay(sentence: string, day: unknown) {
  const [before, after] = sentence.split('\u0000')
  return (
    <>
      {before}
      {day}
      {after}
    </>
  )
}
