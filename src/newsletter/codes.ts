/** What one may want to hear about. */
export const topics = ['italian', 'work', 'documents', 'health', 'family', 'home', 'digital', 'events'] as const
export type Topic = (typeof topics)[number]
