import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choices } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Minutes, Moment, Percent } from '../../ui/time.tsx'
import type { Hours } from '../actions/outcomes.ts'
import type { Named, SealsChecked } from '../actions/register.ts'
import { levelLabel } from '../codes.ts'
import type { issueForm, revocationForm } from '../forms.ts'
import type { Edition } from '../store/editions.ts'
import type { Certificate } from '../store/register.ts'
import { courses, open } from '../urls.ts'
import { Sections } from './editions.tsx'

export type Ready = { id: string; name: Named; hours: Hours; enough: boolean }
type Props = {
  edition: Edition
  threshold: number
  ready: readonly Ready[]
  certificates: readonly (Certificate & { name: Named })[]
  form: Form<typeof issueForm>
  certifies: boolean
  problem?: string | undefined
}

/** More are set by a job, part after part. */
const at_once = 50

export function CertificatesPage({ edition, threshold, ready, certificates, form, certifies, problem }: Props) {
  const { t, lang } = useFrame()
  const enough = ready.filter((one) => one.enough)
  const valid = certificates.filter(({ revoked_at }) => !revoked_at).length
  const short = ready.filter((one) => !one.enough)
  return (
    <Page title={t('courses.nav.certificates')} lead={edition.title} wide>
      <Sections of={edition} here="certificates" />
      <p>{t('courses.certificates.threshold', { threshold })}</p>
      {problem && (
        <Callout state="bad" live>
          <p>{problem}</p>
        </Callout>
      )}
      {valid > at_once ? (
        <ButtonForm action={courses.print.href({ edition: edition.id })} kind="outline">
          {t('courses.paper.all_certificates')}
        </ButtonForm>
      ) : (
        valid > 0 && (
          <p>
            <a class="btn btn-outline-primary" href={courses.allCertificates.href({ edition: edition.id })}>
              {t('courses.paper.all_certificates')}
            </a>
          </p>
        )
      )}
      {!edition.ended_on && (
        <Callout state="info">
          <p>{t('courses.error.not_ended')}</p>
        </Callout>
      )}
      {certifies && edition.ended_on && enough.length > 0 && (
        <FormCard form={form} submit={t('courses.certificates.issue')}>
          <Choices
            form={form}
            name="enrolments"
            label={t('courses.certificates.for')}
            options={enough.map(({ id, name, hours }) => ({
              value: id,
              text: `${[name.latin, name.original].filter(Boolean).join(' · ')} (${Math.round((hours.percent ?? 0) * 100)}%)`,
            }))}
          />
        </FormCard>
      )}
      {edition.ended_on && short.length > 0 && (
        <p>
          {t('courses.certificates.short', { count: short.length })}{' '}
          {short.map(({ name, hours }, at) => (
            <>
              {at > 0 && ', '}
              <bdi>{name.latin || name.original}</bdi> (<Percent of={hours.percent ?? 0} />)
            </>
          ))}
        </p>
      )}
      <Table
        caption={t('courses.certificates.issued')}
        rows={certificates}
        empty={t('courses.certificates.empty')}
        columns={[
          {
            header: t('courses.certificate.number'),
            names: true,
            cell: ({ id, number }) => <a href={courses.certificate.href({ certificate: id })}>{number}</a>,
          },
          { header: t('courses.people.name'), cell: ({ name }) => <bdi>{name.latin || name.original}</bdi> },
          {
            header: t('courses.people.hours'),
            cell: ({ minutes, planned_minutes }) => (
              <>
                <Minutes of={minutes} /> · <Percent of={Math.min(1, minutes / planned_minutes)} />
              </>
            ),
          },
          { header: t('courses.certificate.level'), cell: ({ level }) => (level ? levelLabel(level, lang) : '') },
          { header: t('courses.certificate.issued'), cell: ({ issued_on }) => <Day on={issued_on} as="short" /> },
          {
            header: t('courses.people.state'),
            cell: ({ id, number, revoked_at, revoked_why }) =>
              revoked_at ? (
                <>
                  <Chip state="bad">{t('courses.certificate.revoked')}</Chip> {revoked_why}
                </>
              ) : (
                <>
                  <a href={open.certificate.href({ number })}>{t('courses.certificate.valid')}</a>{' '}
                  {certifies && (
                    <a href={courses.revocation.href({ certificate: id })}>{t('courses.certificates.revoke')}</a>
                  )}
                </>
              ),
          },
        ]}
      />
    </Page>
  )
}

export function RevocationPage({ certificate, form }: { certificate: Certificate; form: Form<typeof revocationForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('courses.certificates.revoke')} lead={<bdi dir="ltr">{certificate.number}</bdi>}>
      <p>{t('courses.certificates.revoke.long')}</p>
      <FormCard
        form={form}
        submit={t('courses.certificates.revoke')}
        cancel={{
          href: courses.certificates.href({ edition: certificate.edition_id }),
          text: t('courses.back_to_edition'),
        }}
      >
        <Field form={form} name="reason" label={t('courses.correction.reason')} max_length={200} />
      </FormCard>
    </Page>
  )
}

/** The chain of closings: anybody may compare a code with the one on paper. */
export function SealsPage({ edition, of: { seals, lessons, broken } }: { edition: Edition; of: SealsChecked }) {
  const { t } = useFrame()
  const by_id = new Map(lessons.map((lesson) => [lesson.id, lesson]))
  return (
    <Page title={t('courses.nav.seals')} lead={edition.title} wide>
      <Sections of={edition} here="seals" />
      <p>{t('courses.seals.long')}</p>
      {seals.length > 0 && (
        <Callout
          state={broken.length === 0 ? 'good' : 'bad'}
          title={t(broken.length === 0 ? 'courses.seals.whole' : 'courses.seals.broken')}
        >
          {broken.map(({ number, why }) => (
            <p>{t(`courses.seals.broken.${why}`, { number })}</p>
          ))}
        </Callout>
      )}
      <Table
        caption={t('courses.nav.seals')}
        caption_hidden
        rows={seals}
        empty={t('courses.seals.empty')}
        columns={[
          { header: t('courses.seals.number'), names: true, align: 'end', cell: ({ number }) => String(number) },
          {
            header: t('courses.lesson.day'),
            cell: ({ lesson_id }) => {
              const lesson = by_id.get(lesson_id)
              return lesson ? <Day on={lesson.on_day} as="short" /> : ''
            },
          },
          { header: t('courses.seals.kind'), cell: ({ kind }) => t(`courses.seals.${kind}` as TextKey) },
          { header: t('courses.seal.code'), cell: ({ code }) => <code>{code}</code> },
          { header: t('courses.seals.at'), cell: ({ at }) => <Moment at={at} as="short" /> },
        ]}
      />
    </Page>
  )
}
