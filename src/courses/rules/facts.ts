import type { Kind } from '../codes.ts'

type Edition = { id: string; kind: string; civic: boolean; action: string }

/** What is announced of an edition, whatever happens in it. */
export const factsOf = ({ id, kind, civic, action }: Edition, on: string) => ({
  edition_id: id,
  kind: kind as Kind,
  civic,
  action,
  on,
})
