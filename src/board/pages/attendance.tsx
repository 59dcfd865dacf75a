/** Who signed up for an event, and who came. */
import { dayOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import type { HeadLine } from '../../people/parts.tsx'
import { PersonLine, PersonName } from '../../people/parts.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Minutes, Time } from '../../ui/time.tsx'
import { ownName } from '../../ui/words-of-time.ts'
import type { AttendanceSheet } from '../actions/events.ts'
import type { findForm } from '../forms.ts'
import { minutesOf } from '../rules/events.ts'
import { board } from '../urls.ts'

type Props = AttendanceSheet & {
  form: Form<typeof findForm>
  /** Of the sign-up that a person is looked for, if any. */
  for_sign_up: string | undefined
  found: { lines: readonly HeadLine[]; needs_more: boolean } | undefined
  people: ReadonlyMap<string, HeadLine>
  records: boolean
}

export function AttendancePage({
  item,
  event,
  title,
  sign_ups,
  attendance,
  form,
  for_sign_up,
  found,
  people,
  records,
}: Props) {
  const { now, t } = useFrame()
  const today = dayOf(now)
  const minutes = String(minutesOf(event))
  const id = { id: item.id }
  const standing = sign_ups.filter((one) => one.withdrawn_at === null)
  const chosen = standing.find((one) => one.id === for_sign_up)
  const came = (sign_up: string) => attendance.find((row) => row.sign_up_id === sign_up)
  const others = attendance.filter((row) => row.sign_up_id === null)
  return (
    <Page
      title={t('board.attendance.title')}
      lead={
        <>
          {title} · <Day on={event.on_day} /> <Time at={event.starts_at} />–<Time at={event.ends_at} />
        </>
      }
      wide
    >
      <p>
        {t('board.attendance.totals', {
          signed_up: standing.length,
          capacity: event.capacity ?? 0,
          came: attendance.length,
        })}
      </p>
      <Table
        caption={t('board.attendance.signed_up')}
        rows={standing}
        empty={t('board.attendance.nobody')}
        columns={[
          {
            header: t('board.attendance.called'),
            names: true,
            cell: (one) => <bdi>{one.called_as || t('board.attendance.forgotten')}</bdi>,
          },
          {
            header: t('board.attendance.contact'),
            cell: (one) => (
              <>
                {one.phone && <Link href={`tel:${one.phone}`}>{one.phone}</Link>}{' '}
                {one.email && <Link href={`mailto:${one.email}`}>{one.email}</Link>}
              </>
            ),
          },
          {
            header: t('board.translators.language'),
            cell: (one) => <bdi lang={one.language}>{ownName(one.language)}</bdi>,
          },
          {
            header: t('board.attendance.came'),
            cell: (one) => {
              const row = came(one.id)
              if (row) return <Came row={row} item={item.id} people={people} records={records} />
              return records && event.on_day <= today ? (
                <>
                  <ButtonForm action={board.attended.href(id)} kind="outline" values={{ sign_up_id: one.id, minutes }}>
                    {t('board.attendance.is_here')}
                  </ButtonForm>{' '}
                  <a class="btn btn-link" href={board.attendance.href(id, { iscrizione: one.id })}>
                    {t('board.attendance.is_known')}
                  </a>
                </>
              ) : null
            },
          },
        ]}
      />
      {others.length > 0 && (
        <Table
          caption={t('board.attendance.others')}
          rows={others}
          empty={t('board.attendance.nobody')}
          columns={[
            {
              header: t('board.attendance.who'),
              names: true,
              cell: (row) => {
                const person = row.person_id ? people.get(row.person_id) : undefined
                return person ? <PersonName of={person} /> : t('board.attendance.unknown')
              },
            },
            {
              header: t('board.attendance.came'),
              cell: (row) => <Came row={row} item={item.id} people={new Map()} records={records} />,
            },
          ]}
        />
      )}
      {records && (
        <>
          <h2>{chosen ? t('board.attendance.find_for', { name: chosen.called_as }) : t('board.attendance.find')}</h2>
          <FormCard form={form} action={board.attendance.href(id)} submit={t('board.attendance.search')} quiet>
            {chosen && <Hidden name="sign_up_id" value={chosen.id} />}
            <Field
              form={form}
              name="who"
              kind="search"
              label={t('board.attendance.person')}
              hint={t('board.attendance.person.hint')}
              search
            />
          </FormCard>
          {found?.needs_more && (
            <Callout state="info" live>
              <p>{t('board.attendance.needs_more')}</p>
            </Callout>
          )}
          {found && !found.needs_more && (
            <ul class="list-unstyled">
              {found.lines.length === 0 && <li>{t('board.attendance.not_found')}</li>}
              {found.lines.map((line) => (
                <li>
                  <PersonLine of={line} linked={false} />{' '}
                  <ButtonForm
                    action={board.attended.href(id)}
                    values={{ person_id: line.id, minutes, ...(chosen && { sign_up_id: chosen.id }) }}
                  >
                    {t('board.attendance.is_here')}
                  </ButtonForm>
                </li>
              ))}
            </ul>
          )}
          <p class="actions">
            <ButtonForm action={board.attended.href(id)} values={{ minutes }} kind="quiet">
              {t('board.attendance.add_unknown')}
            </ButtonForm>
          </p>
        </>
      )}
    </Page>
  )
}

function Came({
  row,
  item,
  people,
  records,
}: {
  row: AttendanceSheet['attendance'][number]
  item: string
  people: ReadonlyMap<string, HeadLine>
  records: boolean
}) {
  const { t } = useFrame()
  const person = row.person_id ? people.get(row.person_id) : undefined
  return (
    <>
      <Chip state="good">{t('board.attendance.here')}</Chip> <Minutes of={row.minutes} />{' '}
      {person && <PersonName of={person} />}{' '}
      {records && (
        <ButtonForm
          action={board.attendanceGone.href({ id: item, attendance: row.id })}
          kind="quiet"
          sure={t('board.attendance.withdraw_sure')}
        >
          {t('board.attendance.withdraw')}
        </ButtonForm>
      )}
    </>
  )
}
