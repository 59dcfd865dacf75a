/** A frame with nothing behind it: for the catalogue of parts and the tests of `ui/`. */
import { accountActor, visitor } from '../kernel/actor.ts'
import { direction, languages, openWords } from '../kernel/i18n.ts'
import type { Frame } from '../kernel/look.ts'

const words = openWords()

export function exampleFrame(surface: Frame['surface'], lang: string, more: Partial<Frame> = {}): Frame {
  return {
    surface,
    lang,
    dir: direction(lang),
    t: words.translate(lang),
    ambito: { id: '0198c0de-0000-7000-8000-000000000001', slug: 'lodi', name: 'Ambito di Lodi' },
    actor:
      surface === 'staff'
        ? accountActor('0198c0de-0000-7000-8000-000000000002', 'Giulia Marchesi', ['operator'])
        : visitor,
    path: surface === 'staff' ? '/staff/parti' : `/${lang}/parti`,
    base_url: 'http://localhost:3000',
    demo: true,
    now: Temporal.Instant.from('2026-11-23T14:04:00Z'),
    menu: [],
    said: [],
    draft_back: false,
    logos: [],
    languages: languages.map((one) => ({ lang: one, checked: true })),
    ...more,
  }
}
