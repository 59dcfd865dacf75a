/** The strip of logos under every page and on every paper; the EU emblem and its words come before it and are not ours to move. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { publish, say } from '../../kernel/events.ts'
import type { Frame } from '../../kernel/look.ts'
import { type LogoVersion, logoVersions, readLogo } from '../rules/logos.ts'
import { may } from '../rules/may.ts'
import { changeLogo, endLogo, findLogoFile, addLogo as insert, listLogos, putLogoFile } from '../store/logos.ts'
import { programme } from '../urls.ts'

type Given = Partial<Record<LogoVersion, Uint8Array>>

/** Each logo once, with the versions it has. */
export async function logoStrip(ctx: Ctx) {
  const byLogo = Map.groupBy(await listLogos(ctx), ({ id }) => id)
  return [...byLogo.values()].flatMap((files) => {
    const [first] = files
    return first
      ? [
          {
            id: first.id,
            position: first.position,
            alt: first.alt,
            versions: files.map(({ version, width, height }) => ({ version, width, height })),
          },
        ]
      : []
  })
}
export type StripLogo = Awaited<ReturnType<typeof logoStrip>>[number]

/** For the frame of every page. */
export async function logosOfFrame(ctx: Ctx): Promise<Frame['logos']> {
  return (await logoStrip(ctx)).flatMap(({ id, alt, versions }) => {
    const file = versions.find(({ version }) => version === 'light')
    return file
      ? [{ src: programme.logoFile.href({ id, version: 'light' }), alt, width: file.width, height: file.height }]
      : []
  })
}

/** The bytes of a logo, for pages and papers; the light one where that version is missing. */
export async function logoBytes(ctx: Ctx, id: string, version: string) {
  const known = logoVersions.find((one) => one === version)
  const file = known && /^[0-9a-f-]{36}$/.test(id) ? await findLogoFile(ctx, id, known) : undefined
  if (!file) throw new NotFound()
  return file
}

export async function addLogo(ctx: Ctx, alt: string, files: Given) {
  allow(ctx.actor.can(may.keep_logos))
  refuse({ light: files.light ? undefined : 'programme.error.logo_missing' })
  const position = Math.max(0, ...(await logoStrip(ctx)).map((logo) => logo.position)) + 1
  const { id } = await insert(ctx, { alt, position })
  await putFiles(ctx, id, files)
  publish(ctx)
  say(ctx, 'programme.logo.added')
  return id
}

export async function replaceLogo(ctx: Ctx, id: string, alt: string, files: Given) {
  allow(ctx.actor.can(may.keep_logos))
  await logoOf(ctx, id)
  await changeLogo(ctx, id, { alt })
  await putFiles(ctx, id, files)
  publish(ctx)
  say(ctx, 'programme.logo.changed')
}

async function putFiles(ctx: Ctx, id: string, files: Given) {
  for (const version of logoVersions) {
    const bytes = files[version]
    if (!bytes) continue
    const file = bytes.length <= 1_000_000 ? readLogo(bytes) : undefined
    if (!file) return refuse({ [version]: 'programme.error.logo_file' })
    await putLogoFile(ctx, id, version, { ...file, bytes: Buffer.from(bytes) })
  }
}

export async function logoOf(ctx: Ctx, id: string) {
  const logo = (await logoStrip(ctx)).find((one) => one.id === id)
  if (!logo) throw new NotFound()
  return logo
}

/** One place earlier in the strip. */
export async function moveLogoForward(ctx: Ctx, id: string) {
  allow(ctx.actor.can(may.keep_logos))
  const strip = await logoStrip(ctx)
  const at = strip.findIndex((logo) => logo.id === id)
  if (at < 0) throw new NotFound()
  const order = strip.map((logo) => logo.id)
  if (at > 0) order.splice(at - 1, 2, id, order[at - 1] as string)
  for (const [position, one] of order.entries()) await changeLogo(ctx, one, { position: position + 1 })
  publish(ctx)
  say(ctx, 'programme.logo.moved')
}

export async function removeLogo(ctx: Ctx, id: string) {
  allow(ctx.actor.can(may.keep_logos))
  if (!(await endLogo(ctx, id))) throw new NotFound()
  publish(ctx)
  say(ctx, 'programme.logo.removed')
}
