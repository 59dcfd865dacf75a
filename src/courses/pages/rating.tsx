/** Five skills and how much somebody wants to learn: the same faces on the person's telephone and at the desk. */
import type { Child } from 'hono/jsx'
import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { Faces } from '../../participation/parts.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Choice } from '../../ui/choice.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Name } from '../../ui/name.tsx'
import { Page } from '../../ui/page.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import type { RatingAsked } from '../actions/ratings.ts'
import type { Named } from '../actions/register.ts'
import { moments, skills } from '../codes.ts'
import type { ratingForm, staffRatingForm } from '../forms.ts'
import { textIn } from '../rules/texts.ts'
import type { Rating } from '../store/ratings.ts'
import { courses, open } from '../urls.ts'
import { InItsLanguage } from './open.tsx'

function Skills({ form }: { form: Form<typeof ratingForm> }) {
  const { t } = useFrame()
  return (
    <>
      {skills.map((skill) => (
        <Faces form={form} name={skill} label={t(`courses.rating.${skill}`)} />
      ))}
    </>
  )
}

export function RatingPage({ of, token, form }: { of: RatingAsked; token: string; form: Form<typeof ratingForm> }) {
  const { t, lang } = useFrame()
  const text = textIn(of.texts, lang)
  return (
    <Page
      title={t('courses.rating.title')}
      lead={<InItsLanguage of={text}>{text.title}</InItsLanguage>}
      head={<meta name="robots" content="noindex, noarchive" />}
    >
      {of.given && (
        <Callout state="good">
          <p>{t('courses.rating.thanks')}</p>
        </Callout>
      )}
      <p>{t(`courses.rating.lead.${of.moment}`)}</p>
      <FormCard
        form={form}
        submit={t('courses.rating.send')}
        cancel={{ href: open.status.href({ l: lang, token }), text: t('courses.status.title') }}
      >
        <Skills form={form} />
      </FormCard>
    </Page>
  )
}

export function StaffRatingPage({
  name,
  course,
  back,
  form,
}: {
  name: Child
  course: string
  back: string
  form: Form<typeof staffRatingForm>
}) {
  const { t } = useFrame()
  return (
    <Page title={t('courses.rating.title')} heading={name} lead={course}>
      <FormCard form={form} submit={t('courses.save')} cancel={{ href: back, text: t('courses.enrolment.title') }}>
        <Choice
          form={form}
          name="moment"
          label={t('courses.level.moment')}
          options={moments.map((value) => ({ value, text: t(`courses.rating.moment.${value}`) }))}
          beside
        />
        <Skills form={form as unknown as Form<typeof ratingForm>} />
      </FormCard>
    </Page>
  )
}

/** How somebody came in and how they leave, in their own words. */
export function Ratings({ of, enrolment }: { of: readonly Rating[]; enrolment: string }) {
  const { t } = useFrame()
  const last = (moment: string) => of.findLast((one) => one.moment === moment)
  return (
    <>
      <h2>{t('courses.portfolio.say')}</h2>
      {of.length > 0 && (
        <Table
          caption={t('courses.portfolio.say')}
          caption_hidden
          rows={skills}
          empty=""
          columns={[
            { header: t('courses.portfolio.say'), names: true, cell: (skill) => t(`courses.rating.${skill}`) },
            ...moments.map((moment) => ({
              header: t(`courses.rating.moment.${moment}`),
              cell: (skill: (typeof skills)[number]) => {
                const found = last(moment)
                return found ? t(`participation.face.${found[skill]}` as TextKey) : ''
              },
            })),
          ]}
        />
      )}
      <p>
        {moments.map((moment) => {
          const found = last(moment)
          return (
            found && (
              <>
                {t(`courses.rating.moment.${moment}`)}: <Day on={found.on_day} as="short" />,{' '}
                {t(`courses.by.${found.by_whom as 'person' | 'staff'}`)}.{' '}
              </>
            )
          )
        })}
      </p>
      <p class="actions">
        <a class="btn btn-outline-primary" href={courses.rating.href({ enrolment })}>
          {t('courses.rating.ask')}
        </a>
      </p>
    </>
  )
}

/** The person's own page, to be opened on the person's own telephone. */
export function PersonalLinkPage({ name, address, back }: { name: Named; address: string; back: string }) {
  const { t } = useFrame()
  return (
    <Page
      title={t('courses.personal')}
      heading={<Name latin={name.latin} original={name.original} />}
      lead={t('courses.personal.long')}
    >
      <QrCode of={address} alt={t('courses.personal')} />
      <p>
        <Link href={address} />
      </p>
      <p>
        <a href={back}>{t('courses.enrolment.title')}</a>
      </p>
    </Page>
  )
}
