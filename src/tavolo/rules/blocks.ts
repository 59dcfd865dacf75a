/** Sanitized HTML as paragraphs and lists of runs, for papers that are no pages. */

export type Run = { text: string; bold: boolean; italic: boolean }
export type Block =
  | { kind: 'text' | 'heading' | 'quote'; runs: Run[] }
  | { kind: 'list'; ordered: boolean; items: Run[][] }

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }
const plain = (text: string) => text.replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)

/** Only what the house's Markdown makes: nothing else comes in. Lists inside lists are read as one. */
export function blocksOf(html: string): Block[] {
  const blocks: Block[] = []
  let runs: Run[] | undefined
  let list: Extract<Block, { kind: 'list' }> | undefined
  let bold = 0
  let italic = 0
  let quote = 0
  const begin = (kind: 'text' | 'heading' | 'quote') => {
    const block = { kind, runs: [] as Run[] }
    blocks.push(block)
    runs = block.runs
  }
  const add = (text: string) => {
    if (text.trim() === '' && !runs) return
    if (!runs) begin(quote > 0 ? 'quote' : 'text')
    runs?.push({ text: plain(text), bold: bold > 0, italic: italic > 0 })
  }
  for (const [, closing, tag, , text] of html.matchAll(/<(\/?)([a-z0-9]+)([^>]*)>|([^<]+)/g)) {
    if (text !== undefined) add(text.replaceAll('\n', ' '))
    else if (tag === 'strong') bold += closing ? -1 : 1
    else if (tag === 'em') italic += closing ? -1 : 1
    else if (tag === 'blockquote') quote += closing ? -1 : 1
    else if (tag === 'br') add('\n')
    else if (tag === 'ul' || tag === 'ol') {
      if (closing) list = undefined
      else {
        list = { kind: 'list', ordered: tag === 'ol', items: [] }
        blocks.push(list)
      }
      runs = undefined
    } else if (tag === 'li' && list) {
      if (!closing) list.items.push([])
      runs = closing ? undefined : list.items.at(-1)
    } else if (tag === 'p' && !list) {
      if (closing) runs = undefined
      else begin(quote > 0 ? 'quote' : 'text')
    } else if (tag === 'h2' || tag === 'h3') {
      if (closing) runs = undefined
      else begin('heading')
    }
  }
  return blocks.filter((block) => (block.kind === 'list' ? block.items : block.runs).length > 0)
}
