import { createHash } from 'node:crypto'

/** A form carries it along: whoever writes over something has seen what stood there last. */
export const asSeen = (...words: (string | number | null)[]) =>
  createHash('sha256').update(JSON.stringify(words)).digest('base64url')

type Item = { title: string; explained: string; brought_by: string; minutes: number | null; position: number }
export const itemSeen = ({ title, explained, brought_by, minutes, position }: Item) =>
  asSeen(title, explained, brought_by, minutes, position)
