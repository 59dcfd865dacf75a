/** Who lives with a person, and who signs for a minor: the section of the file, and the line other screens show. */
import type { Ctx } from '../../kernel/ctx.ts'
import type { FileSection } from '../../kernel/module.ts'
import { comuni } from '../../territory/actions.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Chip } from '../../ui/chip.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Day } from '../../ui/time.tsx'
import { type Contact, contactOf } from '../actions/contact.ts'
import { headLines } from '../actions/head-lines.ts'
import { familyOf } from '../actions/households.ts'
import { type HeadLine, PersonDetails, PersonName } from '../parts.tsx'
import { type guardianRoles, type relations, relationTo } from '../rules/households.ts'
import { may } from '../rules.ts'
import { people } from '../urls.ts'

export type Kin = Awaited<ReturnType<typeof kinOf>>

/** Everything about one person's household and signers, with the head lines of those who have a file. */
export async function kinOf(ctx: Ctx, id: string) {
  const { own, others, minor, of_age_on, signers } = await familyOf(ctx, id)
  const ids = [...others.map((one) => one.person_id), ...signers.flatMap((one) => one.guardian_id ?? [])]
  const heads = new Map((await headLines(ctx, [...new Set(ids)])).map((head) => [head.id, head]))
  const names = signers.some((one) => one.comune)
    ? new Map((await comuni(ctx)).map((one) => [one.code, one.name]))
    : new Map<string, string>()
  const first = heads.get(others.find(({ relation }) => relation === 'first')?.person_id ?? '')
  return {
    minor,
    of_age_on,
    members: others.flatMap((one) => {
      const head = heads.get(one.person_id)
      const relation = relationTo(own?.relation ?? null, one.relation)
      return head ? [{ ...one, head, relation, words: inWords(ctx, relation, one.relation, first) }] : []
    }),
    signers: signers.map((one) => ({
      ...one,
      head: one.guardian_id ? (heads.get(one.guardian_id) ?? null) : null,
      comune_name: one.comune ? (names.get(one.comune) ?? null) : null,
    })),
  }
}
/** "Figlia o figlio", or of whom: what somebody's partner is for a child of hers, the household does not say. */
function inWords({ t }: Ctx, relation: string | null, said: string, first: HeadLine | undefined) {
  const words = (one: string) => t(`people.relation.${one as (typeof relations)[number]}`)
  if (relation) return words(relation)
  if (!first || said === 'other') return words('other')
  return t('people.household.of', { relation: words(said), name: `\u2068${first.latin || first.original}\u2069` })
}
type Signer = Kin['signers'][number]

export async function householdSection(ctx: Ctx, person_ids: string[]): Promise<FileSection[]> {
  if (!ctx.actor.can(may.open_file)) return []
  const [first] = person_ids
  if (!first) return []
  const kin = await kinOf(ctx, first)
  return [
    {
      order: 20,
      title: ctx.t('people.household.title'),
      body: (
        <HouseholdFile
          id={first}
          kin={kin}
          writes={ctx.actor.can(may.write)}
          own={kin.minor && kin.of_age_on ? await contactOf(ctx, first, kin.of_age_on) : null}
        />
      ),
    },
  ]
}

type FileProps = {
  id: string
  kin: Kin
  writes: boolean
  /** Of a minor: how they are written to from the 18th birthday on. */
  own: Contact | null
}

function HouseholdFile({ id, kin, writes, own }: FileProps) {
  const { t } = useFrame()
  return (
    <>
      {(kin.minor || kin.signers.length > 0) && <Signers id={id} kin={kin} writes={writes} own={own} />}
      {kin.members.length === 0 ? (
        <p class="text-muted">{t('people.household.nobody')}</p>
      ) : (
        <ul class="person-list">
          {kin.members.map((one) => (
            <li>
              <PersonName of={one.head} /> <PersonDetails of={one.head} />
              <span>
                {one.words}, {t('people.file.since')} <Day on={one.since} as="short" />
              </span>
              {writes && (
                <ButtonForm
                  action={people.householdEnd.href({ id, membership: one.id })}
                  kind="quiet"
                  sure={t('people.household.end_sure')}
                >
                  {t('people.household.end')}
                </ButtonForm>
              )}
            </li>
          ))}
        </ul>
      )}
      {writes && (
        <p>
          <a class="btn btn-outline-primary" href={people.household.href({ id })}>
            {t('people.household.add')}
          </a>
        </p>
      )}
    </>
  )
}

function Signers({ id, kin, writes, own }: FileProps) {
  const { t } = useFrame()
  return (
    <>
      <h3 class="h5">{t(kin.minor ? 'people.signs.title' : 'people.signs.was')}</h3>
      {kin.minor && kin.of_age_on && (
        <p>
          {t('people.signs.until')} <Day on={kin.of_age_on} as="numeric" />,{' '}
          {t(own ? 'people.signs.then_own' : 'people.signs.then_nobody')}
        </p>
      )}
      {kin.signers.length === 0 ? (
        <p>
          <Chip state="wait">{t('people.signs.missing')}</Chip>
        </p>
      ) : (
        <ul class="person-list">
          {kin.signers.map((one) => (
            <li>
              <SignerLine of={one} />
              {writes && kin.minor && (
                <ButtonForm
                  action={people.guardianEnd.href({ id, guardian: one.id })}
                  kind="quiet"
                  sure={t('people.signs.end_sure')}
                >
                  {t('people.signs.end')}
                </ButtonForm>
              )}
            </li>
          ))}
        </ul>
      )}
      {writes && kin.minor && (
        <p>
          <a class="btn btn-outline-primary" href={people.guardian.href({ id })}>
            {t('people.signs.add')}
          </a>
        </p>
      )}
    </>
  )
}

const roleText = (role: string) => `people.signs.role.${role as (typeof guardianRoles)[number]}` as const

function SignerLine({ of }: { of: Signer }) {
  const { t } = useFrame()
  return (
    <span class="person-line">
      {of.head ? <PersonName of={of.head} /> : <bdi>{of.name}</bdi>}
      <span>
        {t(roleText(of.role))}
        {of.comune_name && ` (${of.comune_name})`}
      </span>
      {of.phone && <Link href={`tel:${of.phone_e164 ?? of.phone}`}>{of.phone}</Link>}
      {of.email && <Link href={`mailto:${of.email}`}>{of.email}</Link>}
    </span>
  )
}

/** For a minor, who signs, in one line; nothing for anybody else. */
export function WhoSigns({ id, kin }: { id: string; kin: Kin }) {
  const { t } = useFrame()
  if (!kin.minor) return null
  const [first] = kin.signers
  return (
    <p class="who-signs">
      <Chip state="info">{t('people.signs.minor')}</Chip>{' '}
      {first ? (
        <>
          {t('people.signs.title')}: <SignerLine of={first} />
        </>
      ) : (
        <a href={people.guardian.href({ id })}>{t('people.signs.missing')}</a>
      )}
    </p>
  )
}
