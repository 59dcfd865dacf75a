import type { Ctx } from '../kernel/ctx.ts'
export async function fillDemonstration(_ctx: Ctx) {}
