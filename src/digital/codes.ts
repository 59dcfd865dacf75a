/** The code lists of the digital afternoon: lists/topics.json, and what a sheet may say. */
import list from './lists/topics.json' with { type: 'json' }

export const areas = ['information', 'communication', 'content', 'safety', 'problems'] as const
export const devices = ['own_phone', 'own_computer', 'ours', 'none'] as const
export const alones = ['yes', 'helped', 'no'] as const
export const identities = ['spid', 'cie'] as const
export const nextSteps = ['again', 'practise', 'desk', 'course', 'elsewhere', 'done'] as const
export const hows = ['individual', 'group'] as const
export type Alone = (typeof alones)[number]
export type How = (typeof hows)[number]

const words = ['spid', 'io', 'health', 'inps', 'portals', 'board', 'mail', 'school', 'other'] as const
export type TopicWord = (typeof words)[number]
export const topicList = list.items as readonly { code: string; word: TopicWord; area: (typeof areas)[number] }[]
export const topicCodes = topicList.map(({ code }) => code) as [string, ...string[]]
const byCode = new Map(topicList.map((topic) => [topic.code, topic]))
export const topicWord = (code: string): TopicWord => byCode.get(code)?.word ?? 'other'
/** The area nobody chose is that of the first topic. */
export const usualArea = (topics: readonly string[]) => byCode.get(topics[0] ?? '')?.area ?? 'problems'
