import type { Child } from 'hono/jsx'
import type { FileSection } from '../../kernel/module.ts'
import { countryName, languageName } from '../../territory/actions.ts'
import { Callout } from '../../ui/callout.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Name } from '../../ui/name.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Moment } from '../../ui/time.tsx'
import type { Contact, PersonFile } from '../actions.ts'
import { isSensitive, kindLabel, statusLabel } from '../codes.ts'
import { PersonDetails, StandingChip, TitleChip } from '../parts.tsx'
import { people } from '../urls.ts'

type Props = {
  file: PersonFile
  sections: FileSection[]
  comune: string | null
  /** How messages reach the person today, if they may. */
  contact: Contact | null
  readers: Map<string, string>
  /** May give a copy of the data, or erase it. */
  erases: boolean
}

/** Everything known of one person, for those who serve them. */
export function FilePage({ file, sections, comune, contact, readers, erases }: Props) {
  const { t } = useFrame()
  const { head } = file
  const id = file.person.id
  return (
    <Page
      title={t('people.file.title')}
      heading={<Name latin={head.latin} original={head.original} />}
      actions={
        <a class="btn btn-outline-primary" href={people.edit.href({ id })}>
          {t('people.file.edit')}
        </a>
      }
      wide
    >
      <p class="person-line">
        <PersonDetails of={head} /> <TitleChip of={head} /> <StandingChip of={head} />
      </p>
      {!file.person.contact_safe && (
        <Callout state="bad" title={t('people.file.contact_unsafe')}>
          {t('people.file.contact_unsafe_more')}
        </Callout>
      )}
      <div class="columns">
        <div>
          {sections.map((section) => (
            <Section title={section.title}>{section.body as Child}</Section>
          ))}
          <Titles file={file} />
        </div>
        <div>
          <Known file={file} comune={comune} contact={contact} />
          <Notices file={file} />
          <Readings file={file} readers={readers} />
          {erases && (
            <p>
              <a href={people.rights.href({ id })}>{t('people.file.rights')}</a>
            </p>
          )}
        </div>
      </div>
    </Page>
  )
}

export function Section({ title, action, children }: { title: string; action?: Child; children: Child }) {
  return (
    <section class="section">
      <div class="section-head">
        <h2 class="h4">{title}</h2>
        {action}
      </div>
      {children}
    </section>
  )
}
const Add = ({ href, text }: { href: string; text: string }) => (
  <a class="btn btn-sm btn-link" href={href}>
    {text}
  </a>
)

/** As written elsewhere, in the files merged with this one too; nothing twice. */
function otherNames({ names, person }: PersonFile) {
  const [own, other] = [new Set<string>(), new Set<string>()]
  for (const { person_id, kind, surname, given_names } of names)
    (person_id === person.id && kind !== 'other' ? own : other).add(`${surname} ${given_names}`.trim())
  return [...other.difference(own)]
}

function Known({ file, comune, contact }: Pick<Props, 'file' | 'comune' | 'contact'>) {
  const { t, lang } = useFrame()
  const { person } = file
  const others = otherNames(file)
  return (
    <Section
      title={t('people.file.known')}
      action={<Add href={people.names.href({ id: person.id })} text={t('people.file.add_name')} />}
    >
      <Facts
        of={[
          [
            t('people.field.born'),
            person.born &&
              (file.head.born_precision === 'year' ? person.born.slice(0, 4) : <Day on={person.born} as="short" />),
          ],
          [t('people.field.gender'), person.gender && t(`people.gender.${person.gender as 'F'}`)],
          [
            t('people.field.citizenship'),
            file.citizenships.length > 0 && (
              <ul class="plain">
                {file.citizenships.map((one) => (
                  <li>
                    {countryName(one.country, lang)}{' '}
                    {one.since && (
                      <>
                        ({t('people.file.since')} <Day on={one.since} as="short" />)
                      </>
                    )}
                  </li>
                ))}
                <li>
                  <Add href={people.citizenships.href({ id: person.id })} text={t('people.file.add_citizenship')} />
                </li>
              </ul>
            ),
          ],
          [t('people.field.comune'), comune],
          [
            t('people.field.phone'),
            file.phones.length > 0 &&
              file.phones.map((phone) => (
                <p>
                  <Link href={`tel:${phone.e164 ?? phone.typed}`}>{phone.typed}</Link>
                </p>
              )),
          ],
          [t('people.field.email'), file.emails.map((one) => one.address).join(', ')],
          [
            t('people.file.messages'),
            contact
              ? t(`people.file.messages.${contact.whose}`, {
                  channel: t(`people.channel.${contact.channel}`),
                  to: `\u2066${contact.to ?? ''}\u2069`,
                })
              : t('people.file.messages.none'),
          ],
          [
            t('people.field.speaks'),
            file.languages
              .filter((one) => one.use === 'speaks')
              .map((one) => languageName(one.language, lang))
              .join(', '),
          ],
          person.reads !== null && [t('people.field.reads'), t(`people.reads.${person.reads as 'yes'}`)],
          person.tax_code !== null && [t('people.field.tax_code'), <bdi>{person.tax_code}</bdi>],
          others.length > 0 && [
            t('people.file.other_names'),
            <ul class="plain">
              {others.map((name) => (
                <li>
                  <bdi>{name}</bdi>
                </li>
              ))}
            </ul>,
          ],
        ]}
      />
    </Section>
  )
}

function Titles({ file }: { file: PersonFile }) {
  const { t, lang } = useFrame()
  const id = file.person.id
  const shows = (kind: string) => file.sees_kinds || !isSensitive(kind)
  return (
    <Section
      title={t('people.file.titles')}
      action={<Add href={people.titles.href({ id })} text={t('people.file.add_title')} />}
    >
      <Table
        caption={t('people.file.titles')}
        caption_hidden
        rows={file.titles}
        empty={t('people.file.no_titles')}
        columns={[
          {
            header: t('people.title.kind'),
            names: true,
            cell: (title) => (shows(title.kind) ? kindLabel(title.kind, lang) : t('people.head.title_verified')),
          },
          { header: t('people.title.status'), cell: (title) => statusLabel(title.status, lang) },
          {
            header: t('people.title.expires_on'),
            cell: (title) =>
              title.expires_on ? <Day on={title.expires_on} as="short" /> : t('people.title.no_expiry'),
          },
          {
            header: t('people.title.seen_on'),
            cell: (title) => (title.seen_on ? <Day on={title.seen_on} as="short" /> : t('people.title.not_seen')),
          },
          {
            header: t('people.title.correction'),
            cell: (title) => <a href={people.title.href({ id, title: title.id })}>{t('people.title.correct_short')}</a>,
          },
        ]}
      />
    </Section>
  )
}

function Notices({ file }: { file: PersonFile }) {
  const { t, lang } = useFrame()
  return (
    <Section
      title={t('people.file.notices')}
      action={<Add href={people.notices.href({ id: file.person.id })} text={t('people.file.add_notice')} />}
    >
      {file.notices.length === 0 ? (
        <p>{t('people.file.no_notices')}</p>
      ) : (
        <ul class="plain">
          {file.notices.map((notice) => (
            <li>
              <Day on={notice.given_on} as="short" />: {languageName(notice.language, lang)},{' '}
              {t(`people.notice.${notice.how as 'read'}`)}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** Who opened this file: nobody reads a person unseen. */
function Readings({ file, readers }: { file: PersonFile; readers: Map<string, string> }) {
  const { t } = useFrame()
  return (
    <Section title={t('people.file.readings')}>
      <details>
        <summary>{t('people.file.readings_count', { count: file.readings.length })}</summary>
        <ol class="plain">
          {file.readings.map((reading) => (
            <li>
              <Moment at={reading.at} as="short" /> ·{' '}
              {(reading.account_id && readers.get(reading.account_id)) ?? t('people.file.system')}
            </li>
          ))}
        </ol>
      </details>
    </Section>
  )
}
