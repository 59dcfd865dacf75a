import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import type { LogoFile, LogoVersion } from '../rules/logos.ts'

type Here = Pick<Ctx, 'db' | 'ambito_id'>

export type Logo = Awaited<ReturnType<typeof listLogos>>[number]

/** The strip in order, one row for each version of each logo. */
export const listLogos = ({ db, ambito_id }: Here) =>
  db
    .selectFrom('programme.logo as l')
    .innerJoin('programme.logo_file as f', (join) =>
      join.onRef('f.ambito_id', '=', 'l.ambito_id').onRef('f.logo', '=', 'l.id'),
    )
    .select(['l.id', 'l.position', 'l.alt', 'f.version', 'f.width', 'f.height', 'f.type'])
    .where('l.ambito_id', '=', ambito_id)
    .where('l.ended_at', 'is', null)
    .orderBy('l.position')
    .orderBy('l.id')
    .$narrowType<{ version: LogoVersion; type: LogoFile['type'] }>()
    .execute()

export const findLogoFile = ({ db, ambito_id }: Here, logo: string, version: LogoVersion) =>
  db
    .selectFrom('programme.logo_file')
    .select(['type', 'bytes'])
    .where('ambito_id', '=', ambito_id)
    .where('logo', '=', logo)
    .where('version', 'in', [version, 'light'])
    .orderBy(sql`version = ${version}`, 'desc')
    .limit(1)
    .executeTakeFirst()

export const addLogo = ({ db, ambito_id }: Here, logo: { alt: string; position: number }) =>
  db
    .insertInto('programme.logo')
    .values({ ambito_id, ...logo })
    .returning('id')
    .executeTakeFirstOrThrow()

export const putLogoFile = (
  { db, ambito_id }: Here,
  logo: string,
  version: LogoVersion,
  file: LogoFile & { bytes: Buffer },
) =>
  db
    .insertInto('programme.logo_file')
    .values({ ambito_id, logo, version, ...file })
    .onConflict((conflict) => conflict.columns(['ambito_id', 'logo', 'version']).doUpdateSet(file))
    .execute()

export const changeLogo = ({ db, ambito_id }: Here, id: string, change: { alt?: string; position?: number }) =>
  db.updateTable('programme.logo').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()

export const endLogo = ({ db, ambito_id }: Here, id: string) =>
  db
    .updateTable('programme.logo')
    .set({ ended_at: sql`kernel.now()` })
    .where('ambito_id', '=', ambito_id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
