/** The picture of a card: small, without what its camera wrote into it, and always said in words. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { publish } from '../../kernel/events.ts'
import { fileBytes, filesOf, keepFile, removeFile } from '../../kernel/files/files.ts'
import type { Bytes, Upload } from '../../kernel/routes.ts'
import { may } from '../rules/may.ts'
import { most_bytes, pictureKinds, readPicture } from '../rules/pictures.ts'
import * as items from '../store/items.ts'
import * as store from '../store/pictures.ts'
import { newVersion } from './items.ts'

/** Without a file only the words change. */
export async function setPicture(ctx: Ctx, id: string, alt: string, upload: Upload | undefined) {
  const item = await items.lockItem(ctx, id)
  allow(ctx.actor.can(may.write))
  const before = await store.pictureOf(ctx, id)
  refuse({ picture: upload || before ? undefined : 'kernel.form.required' })
  if (upload) {
    const picture = readPicture(upload.bytes)
    refuse({
      picture: !picture
        ? 'board.error.no_picture'
        : picture.bytes.length > most_bytes
          ? ['board.error.heavy_picture', { kb: most_bytes / 1000 }]
          : undefined,
    })
    if (!picture) return
    const { width, height, bytes } = picture
    const { id: file_id } = await keepFile(
      ctx,
      { ...upload, bytes },
      { owner: 'board', purpose: 'picture', accept: pictureKinds, field: 'picture' },
    )
    await store.writePicture(ctx, id, { file_id, width, height })
    if (before) await removeFile(ctx, 'board', before.file_id)
  }
  await say(ctx, item, alt)
}

export async function removePicture(ctx: Ctx, id: string) {
  const item = await items.lockItem(ctx, id)
  allow(ctx.actor.can(may.write))
  const picture = await store.pictureOf(ctx, id)
  if (!picture) throw new NotFound()
  await store.deletePicture(ctx, id)
  await removeFile(ctx, 'board', picture.file_id)
  await say(ctx, item, '')
}

async function say(ctx: Ctx, item: items.Item, alt: string) {
  const source = (await items.sourceOf(ctx, item.id, item.version)) as items.Source
  await newVersion(ctx, item, { ...source, alt })
  await items.updateItem(ctx, item.id)
  publish(ctx)
}

/** Its address is another one for every picture, so browsers keep it for ever. Closed until a program has looked into it. */
export async function pictureBytes(ctx: Ctx, file_id: string): Promise<Bytes> {
  const [file] = (await store.pictureWithFile(ctx, file_id)) ? await filesOf(ctx, 'board', [file_id]) : []
  if (!file || !['clean', 'not_scanned'].includes(file.scan)) throw new NotFound()
  return {
    body: await fileBytes(ctx, 'board', file_id),
    type: file.type,
    headers: {
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "sandbox; default-src 'none'",
    },
  }
}
