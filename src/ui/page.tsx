import type { Child } from 'hono/jsx'
import { useFrame } from './frame.ts'
import { PublicDocument } from './public-document.tsx'
import { StaffDocument } from './staff-document.tsx'

export type PageProps = {
  /** The h1 and the document's title. Never the name of a person: titles stay in histories and on shared screens. */
  title: string
  /** What the h1 shows when it must differ from the title, such as a person's name. */
  heading?: Child
  lead?: Child
  /** What must be known before the heading is read. */
  before?: Child
  /** Its text is in Italian, whatever the page's language: nothing there waits to be checked. */
  untranslated?: boolean
  /** Links and buttons beside the heading. */
  actions?: Child
  /** For search engines and previews; public pages only. */
  description?: string
  /** When its content was last changed or checked, `YYYY-MM-DD`; pages without a day say nothing. */
  updated?: string
  /** More lines for <head>: feeds, structured data. */
  head?: Child
  /** Uses the whole width of a screen: queues, sheets, tables. */
  wide?: boolean
  children?: Child
}

/** Every page is one: it makes the whole document, from <html> to the footer. */
export function Page(page: PageProps) {
  return useFrame().surface === 'staff' ? <StaffDocument {...page} /> : <PublicDocument {...page} />
}
