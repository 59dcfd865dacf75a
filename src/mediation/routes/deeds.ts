import type { Ctx } from '../../kernel/ctx.ts'
import type { Schema } from '../../kernel/form.ts'

/** What one button does to a call. */
export type Deed = (ctx: Ctx, call: string) => Promise<unknown>
/** What one form of a profile keeps. */
export type Keep<S extends Schema> = (ctx: Ctx, mediator: string, input: S['_zod']['output']) => Promise<unknown>
