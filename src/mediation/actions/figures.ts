/** Hours by language, field, body, Comune and month; how long it takes to cover a call; where calls come from. */
import { addDays, romeTime } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { comuni, languageName } from '../../territory/actions.ts'
import { fieldLabel } from '../codes.ts'
import { may } from '../rules/may.ts'
import * as figures from '../store/figures.ts'

const isDay = (text: string | null): text is string => /^\d{4}-\d\d-\d\d$/.test(text ?? '')

export async function figuresOf(ctx: Ctx, since: string | null, until: string | null) {
  allow(ctx.actor.can(may.see_hours))
  const from = isDay(since) ? since : `${ctx.today.slice(0, 4)}-01-01`
  const to = isDay(until) ? until : `${ctx.today.slice(0, 4)}-12-31`
  const [first, last] = [romeTime(from, '00:00'), romeTime(addDays(to, 1), '00:00')]
  const all = await comuni(ctx)
  const by_comune = new Map((await figures.figuresBy(ctx, 'comune', first, last)).map((row) => [row.key, row]))
  const map = placed(all)
  const name = (slice: 'language' | 'field' | 'body', key: string | null) =>
    key === null
      ? ctx.t('mediation.call.unknown_language')
      : slice === 'language'
        ? languageName(key, ctx.lang)
        : slice === 'field'
          ? fieldLabel(key, ctx.lang)
          : key
  const named = async (slice: 'language' | 'field' | 'body') =>
    (await figures.figuresBy(ctx, slice, first, last)).map((row) => ({ ...row, name: name(slice, row.key) }))
  return {
    from,
    to,
    by: { language: await named('language'), field: await named('field'), body: await named('body') },
    months: await figures.figuresByMonth(ctx, first, last),
    rating: await figures.satisfactionIn(ctx, from, to),
    available: await figures.languagesAvailable(ctx),
    size: map.size,
    dots: map.dots.map((dot) => ({
      ...dot,
      calls: by_comune.get(dot.code)?.calls ?? 0,
      covered: by_comune.get(dot.code)?.covered ?? 0,
      confirmed: by_comune.get(dot.code)?.confirmed ?? 0,
    })),
  }
}

/** Where Comuni lie on a sheet, north up, with room for a name at the eastern edge; a degree of longitude is the shorter one. */
function placed(all: readonly { code: string; name: string; lat: number; lon: number }[]) {
  const squeeze = Math.cos((45.3 * Math.PI) / 180)
  const [lats, lons] = [all.map(({ lat }) => lat), all.map(({ lon }) => lon * squeeze)]
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lons), Math.max(...lons)]
  const scale = Math.min(460 / (east - west || 1), 440 / (north - south || 1))
  const dots = all.map(({ code, name, lat, lon }) => ({
    code,
    name,
    x: 25 + (lon * squeeze - west) * scale,
    y: 25 + (north - lat) * scale,
  }))
  const size = { width: Math.ceil((east - west) * scale) + 190, height: Math.ceil((north - south) * scale) + 50 }
  return { dots, size }
}
