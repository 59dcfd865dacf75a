/**
 * A module's identity card. The kernel loops over these contributions and knows no module by name: that is how menus,
 * privacy, commands and the first screen stay complete without anybody keeping a list.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Actor, Permission } from './actor.ts'
import type { Ambito, Ctx } from './ctx.ts'
import type { DB } from './database/rows.ts'
import type { PaperHead } from './documents/document.ts'
import type { Job, Listener, SlowJob } from './events.ts'
import type { House } from './house.ts'
import type { TextKey, Translate } from './i18n.ts'
import type { Frame, LanguageOn } from './look.ts'
import type { RegisterKind } from './register.ts'
import type { Route } from './routes.ts'
import type { SheetKind } from './scans/scans.ts'

/** From order 75 on it is a setting or rarely needed: kept aside where the menu is long. */
export type MenuLine = { text: TextKey; href: string; may: Permission | 'signed_in'; order: number }
/** One line of the first screen: how many things wait, and where they are done. */
export type TodayLine = { text: string; href: string; order: number; count?: number }
/** A section of a person's file: rendered by the module that owns it. */
export type FileSection = { order: number; title: string; body: unknown }

export type Command = {
  name: string
  /** `import <kind> <file>`: what follows the command's name. */
  usage: string
  help: string
  /** @returns the exit status */
  run(argv: string[], command: CommandGround): Promise<number>
}
export type CommandGround = {
  /** Opens a ctx as `cli` in the Ambito of `--ambito`, runs `work`, then delivers the events it announced. */
  inCtx<Result>(work: (ctx: Ctx) => Promise<Result>): Promise<Result>
  /** Results: standard output. */
  print(text: string): void
  /** Everything else: standard error. */
  tell(text: string): void
  db: Kysely<DB>
}

/** A cron line (UTC) that only calls a function over `ctx.now`, once for every Ambito. */
export type Timer = { name: string; cron: string; run(ctx: Ctx): Promise<void> }

/** For those who write programs, in `/api/openapi.json`. */
export type Described = {
  readonly description: string
  /** JSON Schemas by name, unique in the whole house. */
  readonly schemas: Readonly<Record<string, object>>
  /** What we send by ourselves, by name. */
  readonly webhooks?: Readonly<Record<string, { summary: string; description: string; schema: object }>>
}

export type PersonalData = {
  /** Every row this module holds of a person, readable. */
  export(ctx: Ctx, person_ids: string[]): Promise<Record<string, unknown>>
  /** Empties what names the person; ids, gender and age band stay, so that counts stay. */
  erase(ctx: Ctx, person_ids: string[]): Promise<void>
}

/**
 * A decision that is open: never a guess in code. It has a default, `assumed` as long as nobody has confirmed it, and a history.
 * `name` is `<module>.<word>`; a module declares its own in `rules.ts` and lists them in `module.ts`.
 */
export type Setting = {
  readonly name: string
  readonly text: TextKey
  readonly hint?: TextKey
  readonly assumed: boolean
} & (
  | { readonly kind: 'whole'; readonly default: number; readonly min: number; readonly max: number }
  | { readonly kind: 'yes'; readonly default: boolean }
  | { readonly kind: 'choice'; readonly default: string; readonly choices: Readonly<Record<string, TextKey>> }
  | { readonly kind: 'day'; readonly default: string | null }
  | { readonly kind: 'text'; readonly default: string }
)
export type ValueOf<S extends Setting> = S extends { kind: 'choice'; choices: infer Choices }
  ? keyof Choices & string
  : { whole: number; yes: boolean; choice: string; day: string | null; text: string }[S['kind']]

export type Module = {
  name: string
  level: 1 | 2 | 3
  /** The modules whose doors this one may use. */
  needs: readonly string[]
  /** Views of other schemas this module's store may join. */
  reads?: readonly string[]
  routes?: readonly Route[]
  listeners?: readonly Listener[]
  jobs?: readonly (Job<never> | SlowJob<never>)[]
  timers?: readonly Timer[]
  commands?: readonly Command[]
  /** Registers people have kept in spreadsheets, and how they are taken in. */
  registers?: readonly RegisterKind[]
  /** What any other program may ask of it, and how the answer looks: `/api/openapi.json` tells it. */
  machines?: Readonly<Record<string, { summary: string; type: string; schema: object }>>
  /** The words around its `api` routes in the same document, and how their answers look. */
  described?: Described
  permissions?: Record<string, Permission>
  /** Where the records stand that prove what was counted, by what they are (`desk.visit`), and who may open them. */
  proofs?: Readonly<Record<string, { at(id: string): string; may: Permission }>>
  menu?: readonly MenuLine[]
  today?: (ctx: Ctx) => Promise<TodayLine[]>
  personFile?: (ctx: Ctx, person_ids: string[]) => Promise<FileSection[]>
  personal_data?: PersonalData
  /** What people have us take away without being persons of ours, by the name `tookAway` was told: how it goes again after a restore. */
  taken_away?: Readonly<Record<string, (ctx: Ctx, ids: string[]) => Promise<void>>>
  /** Shown with their history on the page of settings. */
  settings?: readonly Setting[]
  /** The project's logo strip, for the frame of every page. */
  logos?: (ctx: Ctx) => Promise<Frame['logos']>
  /** One module says what every paper shows of the project, in the words of `t`. */
  paper?: (ctx: Ctx, t: Translate) => Promise<PaperHead>
  /** A file that waited to be looked into may be given out from now on; whose it is, each module knows of its own. */
  file_clean?: (ctx: Ctx, file_id: string) => Promise<void>
  /** Sheets it prints with a mark, which come back signed and file themselves: `desk.register` and what to do about it. */
  sheets?: Readonly<Record<string, SheetKind>>
  /** One module says which languages the Ambito has switched on; Italian always is. */
  languages?: (ctx: Ctx) => Promise<readonly LanguageOn[]>
  /** Fills an empty installation: the programme's own data, or the fictitious world of a demonstration. */
  seed?: {
    always?(ctx: Ctx): Promise<void>
    demo?(ctx: Ctx): Promise<void>
    /** At every start, once all are filled, outside a transaction: what follows the configuration. */
    settle?(house: House): Promise<void>
  }
  /** One module answers who the Ambiti are, one who the accounts are. */
  ambiti?: {
    ofHost(db: Transaction<DB>, host: string): Promise<Ambito>
    byId(db: Transaction<DB>, id: string): Promise<Ambito | undefined>
    all(db: Kysely<DB>): Promise<(Ambito & { demo: boolean })[]>
    /** Creates the Ambiti of a new installation; runs as owner at every start and must bear it. */
    found(owner: Kysely<DB>, demo: boolean): Promise<void>
  }
  actors?: {
    ofAccount(
      db: Transaction<DB>,
      account_id: string,
      ambito_id: string | null,
    ): Promise<{ actor: Actor; lang: string } | undefined>
  }
}

export const module = (card: Module): Module => card
