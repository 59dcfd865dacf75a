/**
 * The certificate as an Open Badge 3.0: a credential signed with the key of this installation (Ed25519), as a JWT that anybody
 * checks with the public key beside it. Of the person it says what the certificate says to a stranger: its number.
 */
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { SignJWT } from 'jose'
import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { isLanguage } from '../../kernel/i18n.ts'
import type { Bytes } from '../../kernel/routes.ts'
import { projectOf } from '../../programme/actions.ts'
import { textIn } from '../rules/texts.ts'
import * as editions from '../store/editions.ts'
import { open } from '../urls.ts'
import { certificateToVerify } from './outcomes.ts'

/** PKCS #8 around the 32 octets an Ed25519 key is made from (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Derived from the secret of the installation, as its seals are: nothing to keep, nothing to lose. */
function keyOf(ctx: Ctx) {
  const parts = Array.from({ length: 8 }, (_, at) => ctx.seal(`courses.badge/key/${at}`)).join('')
  const seed = createHash('sha256').update(parts).digest()
  const own = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' })
  const jwk = { ...createPublicKey(own).export({ format: 'jwk' }), alg: 'EdDSA', use: 'sig' }
  return {
    own,
    jwk: { ...jwk, kid: createHash('sha256').update(JSON.stringify(jwk)).digest('base64url').slice(0, 16) },
  }
}

const json = (body: object): Bytes => ({ type: 'application/json; charset=utf-8', body: JSON.stringify(body) })

export const badgeKeys = async (ctx: Ctx) => json({ keys: [keyOf(ctx).jwk] })

/** A revoked one is not handed out any more; who has it asks the address it names. */
export async function badgeOf(ctx: Ctx, number: string): Promise<Bytes> {
  const certificate = await certificateToVerify(ctx, number)
  if (!certificate || certificate.revoked_at) throw new NotFound()
  const edition = await editions.findEdition(ctx, certificate.edition_id)
  const text = textIn(await editions.textsOf(ctx, [edition.id]), 'it')
  const t = ctx.words.translate('it')
  const address = `${ctx.base_url}${open.certificate.href({ number: certificate.number })}`
  const { partner } = await projectOf(ctx)
  const from = certificate.recorded_at.replace(' ', 'T')
  const issued = Temporal.Instant.from(from).round('second')
  const { own, jwk } = keyOf(ctx)
  const credential = {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: address,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: text.title,
    issuer: { id: ctx.base_url, type: ['Profile'], name: partner },
    validFrom: issued.toString(),
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [
        { type: 'IdentityObject', hashed: false, identityHash: certificate.number, identityType: 'sourcedId' },
      ],
      achievement: {
        id: `${ctx.base_url}${edition.published_at ? open.course.href({ l: 'it', slug: edition.slug }) : open.certificate.href({ number: certificate.number })}`,
        type: ['Achievement'],
        achievementType: 'Course',
        name: text.title,
        description: [t('courses.certificate.frequency'), edition.skills].filter(Boolean).join(' '),
        criteria: {
          narrative: t('courses.paper.hours_of', {
            attended: certificate.minutes / 60,
            planned: certificate.planned_minutes / 60,
            percent: Math.round(Math.min(1, certificate.minutes / certificate.planned_minutes) * 100),
          }),
        },
        inLanguage: isLanguage(text.language) ? text.language : 'it',
      },
    },
  }
  const token = await new SignJWT(credential as never)
    .setProtectedHeader({
      alg: 'EdDSA',
      typ: 'JWT',
      kid: jwk.kid,
      jwk: { kty: 'OKP', crv: 'Ed25519', x: jwk.x as string },
    })
    .setIssuer(ctx.base_url)
    .setJti(address)
    .setSubject(`urn:labimpact:${certificate.number}`)
    .setNotBefore(Math.floor(issued.epochMilliseconds / 1000))
    .sign(own)
  return { type: 'application/vc+jwt', name: `attestato-${certificate.number}.jwt`, body: token }
}
