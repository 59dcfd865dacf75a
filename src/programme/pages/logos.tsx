import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Upload } from '../../ui/upload.tsx'
import type { StripLogo } from '../actions/logos.ts'
import type { logoForm } from '../forms.ts'
import { logoVersions } from '../rules/logos.ts'
import { programme } from '../urls.ts'
import { Sections } from './sections.tsx'

export function LogosPage({
  logos,
  form,
  changes,
}: {
  logos: StripLogo[]
  form: Form<typeof logoForm>
  changes: boolean
}) {
  const { t } = useFrame()
  return (
    <Page title={t('programme.logos.title')} lead={t('programme.logos.intro')}>
      <Sections here="logos" />
      {logos.length === 0 && <EmptyState pictogram="eye">{t('programme.logos.empty')}</EmptyState>}
      <ol class="list-unstyled">
        {logos.map((logo, at) => (
          <li class="mb-4">
            <Picture logo={logo} />
            <p>
              <strong>{logo.alt}</strong>
              <br />
              {t('programme.logo.versions', {
                versions: logo.versions.map(({ version }) => t(`programme.logo.version.${version}`)).join(', '),
              })}
            </p>
            {changes && <Deeds logo={logo} first={at === 0} />}
          </li>
        ))}
      </ol>
      {changes && (
        <>
          <h2>{t('programme.logos.add_title')}</h2>
          <FormCard form={form} submit={t('programme.logos.add')}>
            <LogoFields form={form} />
          </FormCard>
        </>
      )}
    </Page>
  )
}

/** As high as the emblem beside it, whatever the file's own size. */
function Picture({ logo }: { logo: StripLogo }) {
  const light = logo.versions.find(({ version }) => version === 'light')
  if (!light) return null
  const height = 56
  return (
    <img
      src={programme.logoFile.href({ id: logo.id, version: 'light' })}
      alt={logo.alt}
      height={height}
      width={Math.round((light.width / light.height) * height)}
    />
  )
}

function Deeds({ logo: { id, alt }, first }: { logo: StripLogo; first: boolean }) {
  const { t } = useFrame()
  return (
    <div class="d-flex gap-2">
      {!first && (
        <ButtonForm action={programme.logoMoved.href({ id })}>
          <span aria-hidden="true">{t('programme.logos.earlier')}</span>
          <span class="visually-hidden">{t('programme.logos.earlier_of', { name: alt })}</span>
        </ButtonForm>
      )}
      <a
        class="btn btn-outline-primary"
        href={programme.logo.href({ id })}
        aria-label={t('programme.logos.change_of', { name: alt })}
      >
        {t('programme.logos.change')}
      </a>
      <ButtonForm action={programme.logoEnded.href({ id })} kind="quiet" sure={t('programme.logos.remove_sure')}>
        {t('programme.logos.remove')}
      </ButtonForm>
    </div>
  )
}

function LogoFields({ form, replacing }: { form: Form<typeof logoForm>; replacing?: boolean }) {
  const { t } = useFrame()
  return (
    <>
      <Field form={form} name="alt" label={t('programme.logo.alt')} hint={t('programme.logo.alt_hint')} />
      {logoVersions.map((version) => (
        <Upload
          form={form}
          name={version}
          label={t(`programme.logo.${version}`)}
          {...(replacing && { hint: t('programme.logo.replace_hint') })}
          accept=".svg,.png"
          kinds="SVG, PNG"
          megabytes={1}
          {...((replacing || version !== 'light') && { optional: true })}
        />
      ))}
    </>
  )
}

export function LogoPage({ logo, form }: { logo: StripLogo; form: Form<typeof logoForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('programme.logo.title')}>
      <Picture logo={logo} />
      <FormCard
        form={form}
        submit={t('programme.logo.save')}
        cancel={{ href: programme.logos.href(), text: t('programme.nav.logos') }}
      >
        <LogoFields form={form} replacing />
      </FormCard>
    </Page>
  )
}
