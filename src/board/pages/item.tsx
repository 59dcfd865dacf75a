/** One card, and all that can be done with it. */
import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Select } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import { ownName } from '../../ui/words-of-time.ts'
import type { ItemWhole } from '../actions/items.ts'
import type { cardCheckForm, publicationForm } from '../forms.ts'
import { isShown } from '../rules/publication.ts'
import { workOn } from '../rules/texts.ts'
import { board, publicHref } from '../urls.ts'
import { StandingChip } from './items.tsx'
import { Seen } from './picture.tsx'

type Props = ItemWhole & {
  languages: readonly string[]
  owner: string | undefined
  writes: boolean
  translates: boolean
  sees_sign_ups: boolean
  has_data: boolean
}

export function ItemPage({
  item,
  source,
  standing,
  translations,
  needs,
  checked,
  useful,
  picture,
  languages,
  owner,
  writes,
  translates,
  sees_sign_ups,
  has_data,
}: Props) {
  const { t } = useFrame()
  const id = { id: item.id }
  return (
    <Page
      title={source.title}
      lead={
        <>
          {t(`board.staff_kind.${item.kind}`)} <StandingChip of={standing} />
        </>
      }
      actions={
        <>
          {writes && (
            <a class="btn btn-primary" href={board.source.href(id)}>
              {t('board.item.write')}
            </a>
          )}
          {isShown(standing) && (
            <a class="btn btn-outline-primary" href={publicHref(item.kind, { l: 'it', slug: item.slug })}>
              {t('board.item.see')}
            </a>
          )}
        </>
      }
    >
      {!has_data && (
        <Callout state="wait">
          <p>{t(item.kind === 'event' ? 'board.item.no_event_data' : 'board.item.no_service_data')}</p>
        </Callout>
      )}
      {standing === 'stale' && (
        <Callout state="wait">
          <p>{t('board.item.stale')}</p>
        </Callout>
      )}
      <p class="actions">
        {item.kind === 'service' && (
          <>
            <a class="btn btn-outline-primary" href={board.serviceData.href(id)}>
              {t('board.service_data.title')}
            </a>
            <a class="btn btn-outline-primary" href={board.hours.href(id)}>
              {t('board.hours_staff.title')}
            </a>
          </>
        )}
        {item.kind === 'event' && (
          <>
            <a class="btn btn-outline-primary" href={board.eventData.href(id)}>
              {t('board.event_data.title')}
            </a>
            {sees_sign_ups && has_data && (
              <a class="btn btn-outline-primary" href={board.attendance.href(id)}>
                {t('board.attendance.title')}
              </a>
            )}
          </>
        )}
        {writes && (
          <a class="btn btn-outline-primary" href={board.picture.href(id)}>
            {t('board.picture.title')}
          </a>
        )}
        {writes && (
          <a class="btn btn-outline-primary" href={board.publication.href(id)}>
            {t('board.publication.title')}
          </a>
        )}
        {writes && item.kind === 'service' && (
          <a class="btn btn-outline-primary" href={board.cardCheck.href(id)}>
            {t('board.card_check.title')}
          </a>
        )}
        {writes &&
          (item.withdrawn_at ? (
            <ButtonForm action={board.comeback.href(id)}>{t('board.item.bring_back')}</ButtonForm>
          ) : (
            item.published_from !== null && (
              <ButtonForm action={board.withdrawal.href(id)} kind="quiet" sure={t('board.item.withdraw_sure')}>
                {t('board.item.withdraw')}
              </ButtonForm>
            )
          ))}
      </p>
      <Facts
        of={[
          [t('board.publication.from'), item.published_from && <Day on={item.published_from} as="numeric" />],
          [
            t(item.kind === 'service' ? 'board.publication.check_by' : 'board.publication.until'),
            item.published_until && <Day on={item.published_until} as="numeric" />,
          ],
          [t('board.publication.owner'), owner],
          item.kind === 'service' && [
            t('board.item.checked'),
            checked && (
              <>
                <Day on={checked.on_day} as="numeric" /> · {checked.by_whom}
              </>
            ),
          ],
          [t('board.field.needs'), needs.join(' · ')],
          [t('board.item.useful'), t('board.item.useful.count', useful)],
        ]}
      />
      {picture && <Seen of={picture} alt={source.alt} />}
      <h2>{t('board.item.languages')}</h2>
      <Table
        caption={t('board.item.languages')}
        caption_hidden
        rows={languages.map((language) => ({
          language,
          translation: translations.find((one) => one.language === language),
        }))}
        empty={t('board.items.empty')}
        columns={[
          {
            header: t('board.translators.language'),
            names: true,
            cell: ({ language }) => (
              <a href={board.translation.href({ ...id, language })} lang={language}>
                <bdi>{ownName(language)}</bdi>
              </a>
            ),
          },
          {
            header: t('board.translation.origin'),
            cell: ({ translation }) => translation && t(`board.origin.${translation.origin}`),
          },
          {
            header: t('board.translation.checked'),
            cell: ({ translation }) =>
              translation?.checked_on && (
                <>
                  {translation.checked_by}, <Day on={translation.checked_on} as="numeric" />
                </>
              ),
          },
          { header: t('board.items.state'), cell: ({ translation }) => <WorkChip of={workOf(translation)} /> },
        ]}
      />
      {!translates && <p class="text-muted">{t('board.item.read_only')}</p>}
    </Page>
  )
}

const workOf = (translation: ItemWhole['translations'][number] | undefined) =>
  workOn(
    translation
      ? { origin: translation.origin, fresh: translation.fresh === true, checked: translation.checked_on !== null }
      : null,
  )

export function WorkChip({ of }: { of: ReturnType<typeof workOn> }) {
  const { t } = useFrame()
  if (of === undefined) return <Chip state="good">{t('board.work.none')}</Chip>
  return <Chip state={of === 'missing' ? 'none' : 'wait'}>{t(`board.work.${of}`)}</Chip>
}

export function PublicationPage({
  title,
  service,
  form,
  owners,
}: {
  title: string
  service: boolean
  form: Form<typeof publicationForm>
  owners: readonly { id: string; name: string }[]
}) {
  const { t } = useFrame()
  return (
    <Page title={t('board.publication.title')} lead={title}>
      <FormCard form={form} submit={t('board.publication.save')}>
        <Field
          form={form}
          name="published_from"
          kind="date"
          label={t('board.publication.from')}
          hint={t('board.publication.from.hint')}
        />
        <Field
          form={form}
          name="published_until"
          kind="date"
          label={t(service ? 'board.publication.check_by' : 'board.publication.until')}
          hint={t(service ? 'board.publication.check_by.hint' : 'board.publication.until.hint')}
          {...(!service && { optional: true })}
        />
        <Select
          form={form}
          name="owner"
          label={t('board.publication.owner')}
          hint={t('board.publication.owner.hint')}
          optional
          options={owners.map(({ id, name }) => ({ value: id, text: name }))}
        />
      </FormCard>
    </Page>
  )
}

export function CardCheckPage({ title, form }: { title: string; form: Form<typeof cardCheckForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('board.card_check.title')} lead={title}>
      <p>{t('board.card_check.explain')}</p>
      <FormCard form={form} submit={t('board.card_check.save')}>
        <Field
          form={form}
          name="by_whom"
          label={t('board.card_check.by')}
          hint={t('board.card_check.by.hint')}
          max_length={120}
        />
        <Field form={form} name="next" kind="date" label={t('board.card_check.next')} />
      </FormCard>
    </Page>
  )
}
