/** What is new, for feed readers (Atom, RFC 4287). */
import { instantOf } from '../../kernel/clock.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import type { Bytes } from '../../kernel/routes.ts'
import type { Note } from '../rules/texts.ts'
import type { ShownLine } from '../store/reading.ts'
import { board, publicHref } from '../urls.ts'

const escaped = (text: string) =>
  text
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
const moment = (at: string) => instantOf(at).round('second').toString()

export function feedOf(
  { t, lang, base_url, ambito, now }: Ctx,
  news: readonly (ShownLine & { notes: Note[] })[],
): Bytes {
  const here = base_url + board.feed.href({ l: lang })
  const entries = news.map(({ id, kind, slug, title, summary, notes, changed_at, published_from }) => {
    const in_lang = notes.includes('in_italian') ? ' xml:lang="it"' : ''
    const said = [...notes.map((note) => t(`board.note.${note}.long`)), summary].filter(Boolean).join(' ')
    return `<entry${in_lang}><id>urn:uuid:${id}</id><title>${escaped(title)}</title><link rel="alternate" type="text/html" href="${escaped(base_url + publicHref(kind, { l: lang, slug }))}"/><updated>${moment(changed_at)}</updated><published>${published_from}T00:00:00Z</published><category term="${kind}"/><summary>${escaped(said || title)}</summary></entry>`
  })
  const updated =
    news
      .map(({ changed_at }) => moment(changed_at))
      .sort()
      .at(-1) ?? now.round('second').toString()
  return {
    type: 'application/atom+xml; charset=utf-8',
    body: `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}">
<id>${escaped(here)}</id><title>${escaped(`${t('board.notices.title')} · ${ambito.name}`)}</title><updated>${updated}</updated>
<author><name>${escaped(ambito.name)}</name></author>
<link rel="self" type="application/atom+xml" href="${escaped(here)}"/><link rel="alternate" type="text/html" href="${escaped(base_url + board.notices.href({ l: lang }))}"/>
${entries.join('\n')}
</feed>
`,
  }
}
