import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkLetter, readTaxCode, taxCodeFindings } from './tax-code.ts'

describe('codice fiscale', () => {
  test('a man born in Italy', () => {
    expect(readTaxCode('rssmra85t10a562s')).toEqual({
      births: ['1985-12-10', '2085-12-10'],
      gender: 'M',
      birth_place: 'A562',
      foreign_born: false,
      homocode: false,
      check_letter_right: true,
    })
    expect(taxCodeFindings('RSSMRA85T10A562S', { born: '1985-12-10', gender: 'M' })).toEqual([])
  })

  test('a woman born in Egypt: day + 40, a State for a place', () => {
    const code = 'SYDFTM90E57Z336'
    const whole = code + checkLetter(code)
    expect(readTaxCode(whole)).toMatchObject({ gender: 'F', birth_place: 'Z336', births: ['1990-05-17', '2090-05-17'] })
    expect(taxCodeFindings(whole, { born: '1990', born_precision: 'year', gender: 'F' })).toEqual(['foreign_born'])
  })

  test('figures replaced by letters are read as figures', () => {
    const code = 'RSSMRA85T10A56N'
    const whole = code + checkLetter(code)
    expect(readTaxCode(whole)).toMatchObject({ birth_place: 'A562', homocode: true, check_letter_right: true })
  })

  test('each doubt has its name, and none is a refusal', () => {
    expect(taxCodeFindings('RSSMRA85T10A562X', {})).toEqual(['wrong_check_letter'])
    expect(taxCodeFindings('RSSMRA85T10A562S', { born: '1985-10-12', gender: 'F' })).toEqual([
      'birth_differs',
      'gender_differs',
    ])
    expect(taxCodeFindings('RSSMRA85T10A562S', { born: '1984', born_precision: 'year' })).toEqual(['birth_differs'])
    expect(taxCodeFindings('non ce l’ha', {})).toEqual(['not_a_tax_code'])
    expect(taxCodeFindings('12345678901', {})).toEqual(['provisional'])
    const never = 'RSSMRA85B31A562'
    expect(taxCodeFindings(never + checkLetter(never), {})).toEqual(['impossible_birth'])
  })

  test('the 29th of February exists in one of the two centuries only', () => {
    const code = 'RSSMRA00B29A562'
    expect(readTaxCode(code + checkLetter(code))?.births).toEqual(['2000-02-29'])
  })

  test('one wrong letter of the surname never goes unseen', () => {
    const letter = fc.integer({ min: 65, max: 90 }).map((at) => String.fromCharCode(at))
    fc.assert(
      fc.property(letter, letter, fc.nat(5), (right, wrong, at) => {
        fc.pre(right !== wrong)
        const put = (sign: string) => `${'RSSMRA'.slice(0, at)}${sign}${'RSSMRA'.slice(at + 1)}85T10A562`
        expect(checkLetter(put(right))).not.toBe(checkLetter(put(wrong)))
      }),
    )
  })
})
