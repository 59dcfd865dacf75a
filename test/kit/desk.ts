/** A desk of today, opened as an operator does: that of the demonstration is of the day on which it was founded. */
import { desk } from '../../src/desk/urls.ts'
import type { TestHouse } from './house.ts'

export async function openDesk(operator: Awaited<ReturnType<TestHouse['as']>>, kind = 'foreigners') {
  const opened = await operator.submit(desk.openings.href(), { kind, starts_at: '09:00', ends_at: '20:00' })
  return /sportello\/([0-9a-f-]{36})/.exec(opened.headers.get('location') ?? '')?.[1] as string
}
