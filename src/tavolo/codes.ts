export const modes = ['online', 'in_person', 'mixed'] as const
export type Mode = (typeof modes)[number]
export const seatKinds = ['member', 'substitute'] as const
export type SeatKind = (typeof seatKinds)[number]
export const answers = ['yes', 'no', 'substitute'] as const
export type Answer = (typeof answers)[number]
export const itemKinds = ['approval', 'theme', 'calls', 'indicators', 'proposal', 'topic'] as const
export type ItemKind = (typeof itemKinds)[number]
export const hows = ['tap', 'list', 'platform', 'sheet', 'register'] as const
export type How = (typeof hows)[number]
export const steps = ['given', 'moved', 'handed', 'done', 'dropped', 'reopened'] as const
export type Step = (typeof steps)[number]
/** What can be done to a task that is open, or was closed by mistake. */
export const taskDeeds = ['done', 'moved', 'handed', 'dropped', 'reopened'] as const
