/** Who sits at the tavolo, and for whom. */
import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice, Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import type { MemberWhole, SeatShown } from '../actions/members.ts'
import { seatKinds } from '../codes.ts'
import type { memberDataForm, memberForm, seatEndForm, seatForm } from '../forms.ts'
import { tavolo } from '../urls.ts'
import { Carried } from './words.tsx'

type Bodies = readonly { id: string; name: string }[]
const wrong = (form: { errors: object }) => Object.keys(form.errors).length > 0

export function MembersPage({
  seats,
  form,
  bodies,
}: {
  seats: readonly SeatShown[]
  form: Form<typeof memberForm>
  bodies: Bodies
}) {
  const { t, now } = useFrame()
  const today = dayOf(now)
  const sits = ({ until_on }: SeatShown) => until_on === null || until_on >= today
  return (
    <Page title={t('tavolo.members.title')} lead={t('tavolo.members.lead')} wide>
      <Table
        caption={t('tavolo.members.title')}
        caption_hidden
        rows={seats.filter(sits)}
        empty={t('tavolo.members.empty')}
        columns={[
          { header: t('tavolo.member.body'), cell: ({ body }) => <bdi>{body}</bdi> },
          {
            header: t('tavolo.member.name'),
            names: true,
            cell: ({ member_id, name }) => (
              <a href={tavolo.member.href({ member: member_id })}>
                <bdi>{name}</bdi>
              </a>
            ),
          },
          { header: t('tavolo.seat.kind'), cell: ({ kind }) => t(`tavolo.seat.${kind}`) },
          { header: t('tavolo.seat.role'), cell: ({ role }) => role || '—' },
          {
            header: t('tavolo.member.email'),
            cell: ({ email }) => email || <Chip state="wait">{t('tavolo.invite.no_address')}</Chip>,
          },
        ]}
      />
      <Details summary={t('tavolo.members.add')} open={wrong(form)}>
        <FormCard form={form} submit={t('tavolo.members.save')}>
          <Field form={form} name="name" label={t('tavolo.member.name')} max_length={120} />
          <Field
            form={form}
            name="email"
            kind="email"
            label={t('tavolo.member.email')}
            hint={t('tavolo.member.email.hint')}
            optional
          />
          <Field form={form} name="phone" kind="tel" label={t('tavolo.member.phone')} optional />
          <Select
            form={form}
            name="organisation_id"
            label={t('tavolo.member.body')}
            options={bodies.map(({ id, name }) => ({ value: id, text: name }))}
          />
          <Choice
            form={form}
            name="kind"
            label={t('tavolo.seat.kind')}
            options={seatKinds.map((value) => ({ value, text: t(`tavolo.seat.${value}`) }))}
            beside
          />
          <Field form={form} name="role" label={t('tavolo.seat.role')} optional />
        </FormCard>
      </Details>
    </Page>
  )
}

export type MemberForms = {
  data: Form<typeof memberDataForm>
  seat: Form<typeof seatForm>
  end: Form<typeof seatEndForm>
}

export function MemberPage({
  of,
  forms,
  bodies,
  heirs,
  problem,
}: {
  of: MemberWhole
  forms: MemberForms
  bodies: Bodies
  heirs: readonly { id: string; organisation_id: string; name: string }[]
  problem: string | undefined
}) {
  const { t, now } = useFrame()
  const { member, seats, tasks } = of
  const bodyOf = new Map(seats.map(({ organisation_id, body }) => [organisation_id, body]))
  return (
    <Page title={t('tavolo.member')} heading={<bdi>{member.name}</bdi>}>
      {problem && (
        <Callout state="bad" live>
          <p>{problem}</p>
        </Callout>
      )}
      {seats.map((seat) => (
        <section class="form-card" aria-labelledby={`s-${seat.id}`}>
          <h2 id={`s-${seat.id}`}>
            <bdi>{seat.body}</bdi>
          </h2>
          <p>
            {t(`tavolo.seat.${seat.kind}`)} {seat.role && `· ${seat.role}`} · {t('tavolo.seat.from')}{' '}
            <Day on={seat.from_on} as="date" />
            {!seat.sits && seat.until_on && (
              <>
                {' '}
                · {t('tavolo.seat.until')} <Day on={seat.until_on} as="date" />
              </>
            )}
          </p>
          {seat.sits && (
            <Details summary={t('tavolo.seat.end')}>
              <FormCard
                form={forms.end}
                action={tavolo.seatEnd.href({ seat: seat.id })}
                submit={t('tavolo.seat.end_save')}
                quiet
              >
                <p>
                  {t('tavolo.seat.end_lead', {
                    count: tasks.filter((one) => one.organisation_id === seat.organisation_id).length,
                  })}
                </p>
                <Field
                  form={forms.end}
                  name="on_day"
                  id={`f-end-${seat.id}`}
                  kind="date"
                  label={t('tavolo.seat.end_on')}
                />
                <Select
                  form={forms.end}
                  name="heir"
                  id={`f-heir-${seat.id}`}
                  label={t('tavolo.seat.heir')}
                  options={heirs
                    .filter((one) => one.organisation_id === seat.organisation_id && one.id !== seat.id)
                    .map(({ id, name }) => ({ value: id, text: name }))}
                  optional
                />
              </FormCard>
            </Details>
          )}
        </section>
      ))}
      {tasks.length > 0 && (
        <>
          <h2>{t('tavolo.mine.tasks')}</h2>
          <Carried
            tasks={tasks.map((task) => ({ ...task, body: bodyOf.get(task.organisation_id ?? '') ?? '' }))}
            today={dayOf(now)}
            links
          />
        </>
      )}
      {member.email && (
        <ButtonForm action={tavolo.memberLink.href({ member: member.id })}>{t('tavolo.member.send_link')}</ButtonForm>
      )}
      <Details summary={t('tavolo.member.change')} open={wrong(forms.data)}>
        <FormCard form={forms.data} action={tavolo.member.href({ member: member.id })} submit={t('tavolo.member.save')}>
          <Field form={forms.data} name="name" label={t('tavolo.member.name')} max_length={120} />
          <Field form={forms.data} name="email" kind="email" label={t('tavolo.member.email')} optional />
          <Field form={forms.data} name="phone" kind="tel" label={t('tavolo.member.phone')} optional />
        </FormCard>
      </Details>
      <Details summary={t('tavolo.seat.add')} open={wrong(forms.seat)}>
        <FormCard
          form={forms.seat}
          action={tavolo.memberSeat.href({ member: member.id })}
          submit={t('tavolo.seat.save')}
          quiet
        >
          <p>{t('tavolo.seat.lead')}</p>
          <Select
            form={forms.seat}
            name="organisation_id"
            label={t('tavolo.member.body')}
            options={bodies.map(({ id, name }) => ({ value: id, text: name }))}
          />
          <Choice
            form={forms.seat}
            name="kind"
            label={t('tavolo.seat.kind')}
            options={seatKinds.map((value) => ({ value, text: t(`tavolo.seat.${value}`) }))}
            beside
          />
          <Field form={forms.seat} name="role" label={t('tavolo.seat.role')} optional />
        </FormCard>
      </Details>
    </Page>
  )
}
