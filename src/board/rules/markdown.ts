/** The little Markdown editors write. Two locks: micromark lets no HTML through, and what it makes is sanitized again. */
import { micromark } from 'micromark'
import sanitize from 'sanitize-html'

const cleaned = (html: string) =>
  sanitize(html, {
    allowedTags: ['p', 'br', 'strong', 'em', 'ul', 'ol', 'li', 'h2', 'h3', 'blockquote', 'a', 'hr'],
    allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    // The page has its own h1, and the parts of a card are h2.
    transformTags: { h1: 'h2', h4: 'h3', h5: 'h3', h6: 'h3', a: link },
  }).replaceAll(/<a>([\s\S]*?)<\/a>/g, '$1')

/** A link to nowhere safe is only its words. */
const link = (tag: string, { href = '' }: Record<string, string>) => ({
  tagName: tag,
  attribs: (safe.test(href) ? { href, rel: 'noopener noreferrer' } : {}) as Record<string, string>,
})
const safe = /^(?:https?:\/\/|mailto:|tel:)[^\s]+$/i

const made = new Map<string, string>()

export function htmlOf(markdown: string) {
  let html = made.get(markdown)
  if (html === undefined) {
    html = cleaned(micromark(markdown, { allowDangerousHtml: false, allowDangerousProtocol: false }))
    if (made.size > 2000) made.clear()
    made.set(markdown, html)
  }
  return html
}

/** The same without marks, for calendars, feeds and machines. */
export const plainTextOf = (markdown: string) =>
  sanitize(htmlOf(markdown).replaceAll(/<\/(p|li|h2|h3|blockquote)>|<br\s*\/?>/g, '\n'), {
    allowedTags: [],
    allowedAttributes: {},
  })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/[ \t]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
