import { createContext, useContext } from 'hono/jsx'
import type { Frame } from '../kernel/look.ts'

/** The frame of the page being made; parts read their words and language from it. */
export const FrameContext = createContext<Frame | null>(null)

export function useFrame(): Frame {
  const frame = useContext(FrameContext)
  if (!frame) throw new Error('a part of a page outside its frame')
  return frame
}
