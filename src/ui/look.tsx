/** The whole of what the HTTP part knows of `ui/`. */
import type { Child } from 'hono/jsx'
import type { Frame, Look } from '../kernel/look.ts'
import { assets, styleHashes } from './assets.ts'
import { FailurePage } from './failure-page.tsx'
import { FrameContext } from './frame.ts'

function drawn(frame: Frame, node: Child): string {
  return String(<FrameContext.Provider value={frame}>{node}</FrameContext.Provider>)
}

function document(frame: Frame, node: Child) {
  const html = drawn(frame, node)
  if (!html.startsWith('<html')) throw new Error(`what ${frame.path} shows is not a <Page>`)
  return `<!doctype html>${html}`
}

export const look: Look = {
  page: document,
  fragment: drawn,
  failure: (frame, failure, details) => document(frame, <FailurePage failure={failure} {...details} />),
  style_hashes: styleHashes,
  assets,
}
