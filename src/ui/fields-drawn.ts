import { type Child, createContext, useContext } from 'hono/jsx'

/** The fields a form has drawn, in their order: what its summary of errors can lead to. */
export type FieldsDrawn = Map<string, { id: string; label: Child }>
export const FieldsDrawnContext = createContext<FieldsDrawn>(new Map())

export function drawField(name: string, id: string, label: Child) {
  useContext(FieldsDrawnContext).set(name, { id, label })
}
