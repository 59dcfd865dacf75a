import { describe, expect, it } from 'vitest'
import { deskState, languagesOnOf, type Opening } from './rules.ts'

const opening = (on_day: string, starts_at: string, ends_at: string): Opening => ({
  on_day,
  starts_at,
  ends_at,
  kind: 'foreigners',
  place: '',
})
// A Monday.
const today = '2026-11-23'

describe('open or when', () => {
  it('is open from the first minute to the last, and not at the hour it closes', () => {
    const openings = [opening(today, '15:00', '18:00')]
    expect(deskState(openings, today, '15:00')).toMatchObject({ open: true, until: '18:00' })
    expect(deskState(openings, today, '17:59')).toMatchObject({ open: true })
    expect(deskState(openings, today, '18:00')).toBeUndefined()
    expect(deskState(openings, today, '14:59')).toMatchObject({ open: false, day: 'today' })
  })
  it('of two open at once, the one that closes last says until when', () => {
    expect(
      deskState([opening(today, '15:00', '20:00'), opening(today, '15:00', '18:00')], today, '16:00'),
    ).toMatchObject({ until: '20:00' })
  })
  it('says tomorrow, a weekday of the coming week, or a date', () => {
    const next = (on_day: string) => deskState([opening(on_day, '15:00', '18:00')], today, '19:00')
    expect(next('2026-11-24')).toMatchObject({ day: 'tomorrow' })
    expect(next('2026-11-27')).toMatchObject({ day: 'd5' })
    expect(next('2026-11-29')).toMatchObject({ day: 'd7' })
    // The same weekday a week later would be taken for today.
    expect(next('2026-11-30')).toMatchObject({ day: 'later' })
  })
  it('promises nothing when nobody has said when', () => {
    expect(deskState([], today, '16:00')).toBeUndefined()
  })
})

describe('languages', () => {
  const state = (live: boolean, checked_on: string | null) => ({
    language: 'ar' as const,
    live,
    since: today,
    checked_by: checked_on && 'Samira Haddad',
    checked_on,
  })
  it('Italian is on and needs no check, whatever is written', () => {
    expect(languagesOnOf(['it', 'ar'], [])).toEqual([{ lang: 'it', checked: true }])
  })
  it('another is on when it was switched on, and checked when a day is known', () => {
    expect(languagesOnOf(['it', 'ar'], [state(true, null)])[1]).toEqual({ lang: 'ar', checked: false })
    expect(languagesOnOf(['it', 'ar'], [state(true, today)])[1]).toEqual({ lang: 'ar', checked: true })
    expect(languagesOnOf(['it', 'ar'], [state(false, today)])).toHaveLength(1)
  })
})
