import { assetHref } from './assets.ts'
import { ButtonForm } from './button-form.tsx'
import { useFrame } from './frame.ts'
import type { PageProps } from './page.tsx'
import { DemoBanner, PageBody, SkipLinks, siteName } from './page-body.tsx'
import { Pictogram } from './pictogram.tsx'
import { signIn, signOut, staffHome } from './urls.ts'

const htmxSettings = JSON.stringify({
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  // Pages with people in them are not kept in the browser.
  historyCacheSize: 0,
  // A refused form comes back with 422 and must be shown.
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '422', swap: true },
    { code: '[45]..', swap: false, error: true },
  ],
})

export function StaffDocument(page: PageProps) {
  const { lang, dir, actor, t } = useFrame()
  const style = assetHref(`staff.${dir}.css`)
  const known = actor.kind === 'account'
  return (
    <html lang={lang} dir={dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${page.title} · ${siteName()}`}</title>
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content={htmxSettings} />
        {known && <meta name="cover-after" content="300" />}
        <link rel="icon" href={assetHref('icon.svg') ?? '/assets/icon.svg'} type="image/svg+xml" />
        {style && <link rel="stylesheet" href={style} />}
        <Script name="htmx.js" />
        <Script name="staff.js" />
        {page.head}
      </head>
      <body class="staff">
        <SkipLinks />
        <DemoBanner />
        <Header />
        {known && (
          <div class="note note-wait container-fluid" role="alert" tabindex={-1} data-stay={signOut.href()} hidden>
            <p>{t('ui.staff.unsent')}</p>
          </div>
        )}
        <PageBody {...page} />
        {known && <Footer />}
      </body>
    </html>
  )
}

export function Script({ name }: { name: string }) {
  const src = assetHref(name)
  return src ? <script src={src} defer></script> : null
}

function Header() {
  const { actor, menu, t } = useFrame()
  return (
    <header class="it-header-slim-wrapper">
      <div class="it-header-slim-wrapper-content container-fluid">
        <a class="navbar-brand" href={actor.kind === 'account' ? staffHome.href() : signIn.href()}>
          {siteName()}
        </a>
        {actor.kind === 'account' && (
          <div class="it-header-slim-right-zone">
            <bdi class="who">{actor.name}</bdi>
            <ButtonForm action={signOut.href()} kind="quiet">
              <Pictogram name="logout" size="s" />
              <span>{t('ui.staff.sign_out')}</span>
            </ButtonForm>
          </div>
        )}
        {menu.length > 0 && (
          <>
            <button class="btn menu-button" type="button" popovertarget="menu">
              <Pictogram name="menu-2" />
              <span>{t('ui.staff.menu')}</span>
            </button>
            <nav id="menu" class="menu" popover="auto" aria-label={t('ui.staff.menu')}>
              <MenuLines />
            </nav>
          </>
        )}
      </div>
    </header>
  )
}

function MenuLines() {
  const { menu, path, t } = useFrame()
  const line = ({ text, href }: (typeof menu)[number]) => (
    <li class="nav-item">
      <a class="nav-link" href={href} {...currentMark(path, href)}>
        {text}
      </a>
    </li>
  )
  const aside = menu.filter((one) => one.aside)
  const here = aside.some(({ href }) => 'aria-current' in currentMark(path, href))
  return (
    <ul class="nav">
      {menu.filter((one) => !one.aside).map(line)}
      {aside.length > 0 && (
        <li class="nav-item">
          <details class="menu-aside">
            <summary class="nav-link" {...(here && { 'aria-current': 'true' as const })}>
              {t('ui.staff.more')}
            </summary>
            <ul class="nav">{aside.map(line)}</ul>
          </details>
        </li>
      )}
    </ul>
  )
}

const currentMark = (path: string, href: string) =>
  path === href
    ? { 'aria-current': 'page' as const }
    : href !== staffHome.href() && path.startsWith(`${href}/`)
      ? { 'aria-current': 'true' as const }
      : {}

function Footer() {
  const { t } = useFrame()
  return (
    <footer id="footer" class="staff-footer container-fluid" tabindex={-1}>
      <ul class="list-inline keys" aria-label={t('ui.staff.shortcuts')} hidden data-keys>
        <li class="list-inline-item">{t('ui.staff.key.submit')}</li>
        <li class="list-inline-item">{t('ui.staff.key.search')}</li>
      </ul>
      <button
        class="btn btn-link"
        type="button"
        hidden
        data-keys-switch
        data-on={t('ui.staff.shortcuts.on')}
        data-off={t('ui.staff.shortcuts.off')}
      />
      <p class="cover" hidden data-cover>
        {t('ui.staff.covered')}
      </p>
    </footer>
  )
}
