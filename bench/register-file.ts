/** A register of the desk with the habits of the field, as large as wanted: the same on every machine. */
import { dice, syntheticPeople } from './names.ts'

const needs = [
  'DOC.RINNOVO',
  'SPID',
  'corso di italiano',
  'residenza',
  'casa',
  'ricongiungimento familiare',
  'lavoro / casa',
  'tessera sanitaria',
]
const permits = [
  'permesso per lavoro subordinato',
  'motivi familiari',
  'asilo',
  'permesso UE lungo periodo',
  'attesa occupazione',
  '',
]
const words: Record<string, string[]> = {
  EG: ['Egitto', 'egiziana', 'EG'],
  MA: ['Marocco', 'marocchina'],
  AL: ['Albania', 'AL'],
}
const header =
  'Data;Sportello;Operatore;Cognome;Nome;Data di nascita;Sesso;Cittadinanza;Comune;Telefono;Codice fiscale;Titolo di soggiorno;Numero titolo;Scadenza titolo;Titolo visto;Informativa;Lingua;Motivo;Esito;Minuti;Note'

export function registerFile(rows: number, seed = 11) {
  const roll = dice(seed)
  const pick = <T>(all: readonly T[]) => all[Math.floor(roll() * all.length)] as T
  const people = syntheticPeople(Math.ceil(rows / 2.2), seed)
  const italian = (day: string) => day.split('-').reverse().join('/')
  const lines = Array.from({ length: rows }, (_, at) => {
    const person = pick(people)
    const on = new Date(Date.UTC(2025, 8, 25) + Math.floor((at / rows) * 400) * 86_400_000).toISOString().slice(0, 10)
    const born = person.born_precision === 'year' ? person.born.slice(0, 4) : roll() < 0.15 ? '' : italian(person.born)
    const permit = pick(permits)
    return [
      italian(on),
      pick(['Immigrati', 'Rifugiati', 'Digitale']),
      pick(['Omar', 'Giulia']),
      person.surname,
      person.given,
      born,
      roll() < 0.1 ? '' : person.gender,
      pick(words[person.citizenship] ?? [person.citizenship]),
      pick(['Lodi', 'Codogno', 'Maleo', '']),
      roll() < 0.25 ? '' : person.phone,
      '',
      permit,
      permit && roll() < 0.5 ? person.title_number : '',
      permit ? pick(['07/06/2027', 'illimitata', '']) : '',
      permit ? 'sì' : 'no',
      pick(['sì', 'no']),
      pick(['arabo', 'francese', '']),
      pick(needs),
      pick(['risolto', 'inviato a CPIA', 'da richiamare']),
      pick(['5', '10', '15', '']),
      pick(['', '', 'torna lunedì']),
    ].join(';')
  })
  return new TextEncoder().encode(`${[header, ...lines].join('\n')}\n`)
}
