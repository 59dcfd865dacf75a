import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { few, peopleBehind, publicCounts } from './rules/figures.ts'
import { mayTellOfDanger, pointAt } from './rules/names.ts'
import { mayFollow, stillOwed } from './rules/themes.ts'

const pointed = (text: string, known: string[] = []) =>
  pointAt(text, new Set(known))
    .filter((part) => part.pointed)
    .map((part) => part.text)

describe('what may lead to somebody', () => {
  test.each([
    ['Ho parlato con Maria Rossi in Comune.', ['Maria Rossi']],
    ['Il signor bianchi non risponde. Scrivimi a ana.p@esempio.it', ['bianchi', 'ana.p@esempio.it']],
    ['Chiama il +39 333 123 4567, grazie', ['+39 333 123 4567']],
    ['Il codice è RSSMRA80A01F205X', ['RSSMRA80A01F205X']],
    ['My name is Blessing and I live in Lodi', ['Blessing']],
    ['اسمي فاطمة وأسكن هنا', ['فاطمة']],
    ['我叫王芳，住在这里', ['王芳']],
    ['Мене звати Оксана', ['Оксана']],
    ['ਮੇਰਾ ਨਾਮ ਗੁਰਪ੍ਰੀਤ ਹੈ', ['ਗੁਰਪ੍ਰੀਤ']],
    ['Vado a Casalpusterlengo il Lunedì con INPS', []],
    ['Vorrei un corso di italiano la sera.', []],
  ])('%s', (text, names) => {
    expect(pointed(text, ['lodi', 'casalpusterlengo'])).toEqual(names)
  })

  test('nothing of a text is lost or moved, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(
          pointAt(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })

  test('danger is seen in every language, and not in a wish for a bus', () => {
    for (const text of [
      'mi picchia ogni sera',
      'he beats me',
      'il me frappe',
      'يضربني',
      '家暴',
      'মারে',
      'dhunë në shtëpi',
    ])
      expect([text, mayTellOfDanger(text)]).toEqual([text, true])
    expect(mayTellOfDanger('Manca il pullman della sera')).toBe(false)
  })
})

describe('small numbers', () => {
  const counts = fc.record({ yes: fc.nat(40), little: fc.nat(40), no: fc.nat(40) })
  test('what is hidden cannot be told from what is shown and from their sum', () => {
    fc.assert(
      fc.property(counts, (given) => {
        const shown = publicCounts(given)
        const total = given.yes + given.little + given.no
        expect(shown === null).toBe(total < few)
        const cells = Object.entries(shown ?? {})
        const hidden = cells.filter(([, value]) => value === null).map(([code]) => given[code as 'yes'])
        for (const [, value] of cells) expect(value === null || value === 0 || value >= few).toBe(true)
        if (hidden.length > 0) {
          expect(hidden.length).toBeGreaterThan(1)
          expect(hidden.reduce((sum, value) => sum + value, 0)).toBeGreaterThanOrEqual(few)
        }
      }),
    )
  })

  test('how many stand behind: a group gives no more than were there, a contact and a person one each', () => {
    const said = (id: string, more: object = {}) => ({
      id,
      channel: 'portal',
      meeting_id: null,
      mark: null,
      person_id: null,
      ...more,
    })
    const meeting = { channel: 'meeting', meeting_id: 'm' }
    expect(peopleBehind([said('1'), said('2', { mark: 'x' }), said('3', { mark: 'x' })], [])).toBe(2)
    expect(peopleBehind([said('1', { person_id: 'p' }), said('2', { person_id: 'p' })], [])).toBe(1)
    const three = ['1', '2', '3'].map((id) => said(id, meeting))
    expect(peopleBehind(three, [{ id: 'm', attended: 2 }])).toBe(2)
    expect(peopleBehind(three, [{ id: 'm', attended: 20 }])).toBe(3)
  })
})

test('a theme that went into another goes nowhere any more; every language asked is owed', () => {
  expect(mayFollow('merged', 'open')).toBe(false)
  expect(mayFollow('proposed', 'answered')).toBe(true)
  expect(stillOwed(['ar', 'uk'], ['it', 'ar'])).toEqual(['uk'])
})
