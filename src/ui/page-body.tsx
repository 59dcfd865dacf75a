import { Callout } from './callout.tsx'
import { useFrame } from './frame.ts'
import type { PageProps } from './page.tsx'

/** What both surfaces share inside <main>: sentences from the action before, the heading, the content. */
export function PageBody({ title, heading, lead, before, actions, wide, children }: PageProps) {
  const { said, draft_back, t } = useFrame()
  return (
    <main id="main" class={wide ? 'container-fluid' : 'container'} tabindex={-1}>
      {said.length > 0 && (
        <Callout state="good" live>
          {said.map((sentence) => (
            <p>{sentence}</p>
          ))}
        </Callout>
      )}
      {draft_back && (
        <Callout state="info" live>
          <p>{t('ui.staff.draft_back')}</p>
        </Callout>
      )}
      {before}
      <div class="page-head">
        <div>
          <h1>{heading ?? title}</h1>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {actions && <div class="page-actions">{actions}</div>}
      </div>
      {children}
    </main>
  )
}

export function SkipLinks() {
  const { surface, t } = useFrame()
  return (
    <div class="skiplinks">
      <a class="visually-hidden-focusable" href="#main">
        {t('ui.skip.main')}
      </a>
      {surface === 'public' && (
        <a class="visually-hidden-focusable" href="#footer">
          {t('ui.skip.footer')}
        </a>
      )}
    </div>
  )
}

export function DemoBanner() {
  const { demo, t } = useFrame()
  return demo ? <aside class="demo-banner">{t('ui.demo.banner')}</aside> : null
}

export const siteName = () => {
  const { ambito, t } = useFrame()
  return [t('ui.site.name'), ambito.id ? ambito.name : ''].filter(Boolean).join(' · ')
}
