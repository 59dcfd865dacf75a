import { linksIn } from '../../kernel/links.ts'

export type LinkKind = 'verify' | 'status' | 'offer' | 'job' | 'hours' | 'sheet' | 'calendar'
export const { makeLink, findLink, endLinks, sweepLinks } = linksIn<LinkKind>('mediation.link')
