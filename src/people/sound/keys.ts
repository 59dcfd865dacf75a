import { romanise } from './letters.ts'
import { remember } from './remember.ts'
import { sameNames } from './same-names.ts'

/**
 * What is left of a word when spelling habits are taken away: its consonants by family,
 * and between them the vowels (`vowels[0]` before the first consonant, the last after the last).
 */
export type Sound = { consonants: string; vowels: string[] }

// The ways to hear a word multiply with every doubtful letter; beyond these, further ways find nobody.
const MOST_SOUNDS = 8
const MOST_KEYS = 6

/**
 * One habit of spelling: where the letters match, each `heard` is a way to hear them.
 * A capital is a family of consonants (G holds j and g, S holds z, X is sh and ch, V is v and w, H is kh and h), a small letter is a vowel.
 */
type Habit = { letters: RegExp; heard: string[] }

const habit = (letters: RegExp, ...heard: string[]): Habit => ({ letters: new RegExp(letters.source, 'y'), heard })

const VOWEL = 'aeiouyAIUE*'

// Read from the top (`^` is the start of the word): the first habit that fits wins, so the longer and the rarer stand above the shorter and the common.
const habits: Habit[] = [
  // German, Ukrainian in German or Italian clothes (Scevcenko), Italian sci-: one sh.
  habit(/shch|tsch|sch|tsh|tch/, 'X'),
  habit(/sci(?=[aou])/, 'X', 'Si'),
  habit(/sc(?=[ei])/, 'X', 'S'),
  habit(/sc$/, 'X', 'SK'),
  // Christ- and Chlo- are k; before another consonant ch is the German h (Achmed).
  habit(/^ch(?=[rl])/, 'K'),
  habit(/ch(?=[mntdrlbf])/, 'H', 'X'),
  // Between vowels ch may be sh (Rachid), ch (Uchenna) or the h of Michaela; only at the start or the end is it surely one.
  habit(/(?<=[aeiouy])ch(?=[aou])/, 'X', 'H'),
  habit(/(?<=[aeiouy])ch(?=[ei])/, 'X', 'K'),
  habit(/ch|sh/, 'X'),
  habit(/č/, 'X', 'K'),
  habit(/ș|sz/, 'S', 'X'),
  // French, Turkish and Albanian; and many a keyboard has only the c.
  habit(/ç(?=[aou])/, 'S', 'X', 'K'),
  habit(/ç/, 'S', 'X'),
  // Ionuț loses its comma on most keyboards.
  habit(/ț/, 'T', 'S'),
  habit(/tz|ts/, 'S'),
  habit(/c[zs]/, 'X', 'S'),
  // One sound, spelled by the French (dj), Albanians (gj, xh), Italians (gi), Turks and the English (j).
  habit(/dzh|dž|xh|dj/, 'G'),
  habit(/gj(?![iy])/, 'G'),
  habit(/gji?(?=[aou])/, 'G'),
  habit(/gj/, 'G'),
  habit(/gi(?=[aou])/, 'G', 'Gi'),
  // A Spanish w is written gu or hu (Guashington, Huamán).
  habit(/^gu(?=[aei])/, 'Gu', 'V', 'G'),
  habit(/gu(?=[eiy])/, 'G', 'Gu'),
  habit(/^hu(?=a)/, 'Hu', 'V'),
  habit(/ğ/, 'G', ''),
  habit(/zh/, 'G'),
  habit(/ž/, 'G', 'S'),
  // j is a consonant in Jamal, the y of Jolanda and of Jusuf, and a mere glide in Vjosa; at the start ye- and je- lose it (Jelena, Elena).
  habit(/^j(?=[aou])/, 'G', 'Y'),
  habit(/^j/, 'G', ''),
  habit(/(?<=[a-z])j(?=[a-z])/, 'G', 'i'),
  habit(/(?<=[aeiou])j$/, 'i', 'G'),
  habit(/j/, 'G'),
  habit(/^[yi](?=[aouAU])/, 'Y'),
  habit(/^y(?=\*)/, 'Y', ''),
  habit(/^[yi](?=e)/, ''),
  // Arabic خ and Cyrillic х are heard as h, kh or nothing like a k.
  habit(/kh/, 'H'),
  habit(/gh/, 'G'),
  habit(/ph/, 'F'),
  habit(/th/, 'T'),
  habit(/(?<=[aeiou])dh(?=[aeiou])/, 'D', 'DH'),
  habit(/dh/, 'D'),
  habit(/(?<=[aeiou])bh(?=[aeiou])/, 'B', 'BH'),
  habit(/bh/, 'B'),
  habit(/rh/, 'R', 'RH'),
  habit(/x$|(?<=[a-z])x/, 'KS'),
  habit(/x/, 'X', 'S'),
  // q is the k of Arabic and the ch of Albanian and Chinese.
  habit(/qu(?=[ei])/, 'K'),
  habit(/q(?=[eiy])/, 'K', 'X'),
  habit(/ck|cq|q/, 'K'),
  habit(/ci(?=[aou])/, 'X', 'Si'),
  habit(/c(?=[eiy])/, 'X', 'S'),
  habit(/c$/, 'K', 'S'),
  habit(/c/, 'K'),
  // The French write w as ou (Ouarda, Naoual, Marouan).
  habit(/^ou(?=[aei])/, 'V'),
  habit(/(?<=[aeiAI])ou(?=[aei])/, 'V'),
  habit(/(?<=[a-z*])ou(?=[aei])/, 'u', 'V'),
  habit(/(?<=[aeiou])w(?![aeiouyAIUE*])/, 'u'),
  habit(/(?<=[bdfgkqlmnrstz])w/, 'V', 'u'),
  // «bare» h: at the end of a word nobody hears it, nor after a consonant; elsewhere it is kept.
  habit(/h$/, ''),
  // Ilham and Adham speak their h, Dhillon does not.
  habit(/(?<=[lmn])h(?=[aeiou])/, '', 'H'),
  habit(/(?<=[bcdfgjklmnprstvxz])h/, ''),
  // Ukrainian h is Russian g (Hrytsenko, Gritsenko).
  habit(/^h(?=[rlv])/, 'H', 'G'),
  habit(/h/, 'H'),
  // African names begin with a nasal that registers drop (N'Diaye, Mbaye).
  habit(/^n(?=[dgjkztc])/, 'N', ''),
  habit(/^m(?=[bpv])/, 'M', ''),
  habit(/[vw]/, 'V'),
  habit(/g/, 'G'),
  habit(/z/, 'S'),
  habit(/[bdfklmnprst]/, '='),
  habit(/aa|á/, 'a'),
  habit(/ee/, 'i'),
  habit(/oo|ou/, 'u'),
  habit(/[aeiouyAIUE*]/, '='),
]

const isVowel = (letter: string) => VOWEL.includes(letter)

function hear(text: string): string[] {
  let heard = ['']
  // A double consonant is heard once; in Arabic script two equal letters in a row have a vowel between them, which «*» marks.
  const word = text.replace(/([bdfgjklmnpqrstvz])\1+/g, '$1').replace(/cc(?![ei])/g, 'c')
  for (let at = 0; at < word.length; ) {
    const [size, ways] = hearAt(word, at)
    heard = heard.flatMap((before) => ways.map((way) => before + way)).slice(0, MOST_SOUNDS)
    at += size
  }
  return [...new Set(heard)]
}

function hearAt(word: string, at: number): [number, string[]] {
  for (const { letters, heard } of habits) {
    letters.lastIndex = at
    const found = letters.exec(word)?.[0]
    if (found) return [found.length, heard.map((way) => (way === '=' ? asHeard(found) : way))]
  }
  return [1, ['']]
}

const asHeard = (letter: string) => (isVowel(letter) ? letter : letter.toUpperCase())

function soundOf(heard: string): Sound {
  const vowels = ['']
  let consonants = ''
  for (const letter of heard) {
    if (isVowelHeard(letter)) vowels[vowels.length - 1] += letter
    else if (letter === consonants.at(-1) && vowels.at(-1) === '') continue
    else {
      consonants += letter
      vowels.push('')
    }
  }
  return { consonants, vowels }
}

// Long vowels of Arabic script are capitals too, but none of them names a family of consonants.
const isVowelHeard = (letter: string) => isVowel(letter)

/** Every way to hear a word that is already in Latin letters (as `romanise` writes them). */
export const soundsOfText = remember((text) => hear(text).map(soundOf))

export const soundsOf = remember((word) => distinct(romanise(word).texts.flatMap(soundsOfText)).slice(0, MOST_SOUNDS))

function distinct(sounds: Sound[]): Sound[] {
  const seen = new Set<string>()
  return sounds.filter(({ consonants, vowels }) => {
    const mark = `${consonants} ${vowels.join('-')}`
    return !seen.has(mark) && seen.add(mark)
  })
}

/**
 * The short strings under which a word of a name is filed, whatever its spelling and script.
 * Meant to find, not to decide: Hasan and Husayn share a key, and `soundsEqual` parts them.
 */
export const soundKeys = remember((word): string[] => {
  const own = soundsOf(word).flatMap(keysOf)
  // Mykola and Nicolae are one name that no rule of sound brings together.
  const shared = sameNames(word).flatMap((line) => soundsOf(line.first).slice(0, 1).flatMap(keysOf))
  return [...new Set([...shared, ...own])].filter((key) => key !== '').slice(0, MOST_KEYS)
})

export const keysOfSounds = (sounds: Sound[]): string[] =>
  [...new Set(sounds.flatMap(keysOf))].filter((key) => key !== '')

function keysOf({ consonants, vowels }: Sound): string[] {
  const opening = vowels[0] ?? ''
  // With three consonants a name is told well enough, and Ibrahim meets Brahim; with fewer, the opening vowel must help.
  if (consonants.length > 2) return [consonants]
  const key = (opening === '' ? '' : 'a') + consonants
  if (consonants.length === 2) return [key]
  return colours(vowels.join('')).map((colour) => key + colour)
}

// Li, Lu and Luo share their only consonant: here one vowel counts, roughly, since bad hearing changes e to i and o to u.
function colours(vowels: string): string[] {
  const letter = [...vowels].find((vowel) => vowel !== '*' && vowel !== 'E')
  if (!letter) return vowels === '' ? [''] : ['a', 'i', 'u']
  if ('aA'.includes(letter)) return ['a']
  return 'ouU'.includes(letter) ? ['u'] : ['i']
}
