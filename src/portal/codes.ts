/** The eight ways in: which needs of the desk's list stand behind each tile, in the order people ask for them. */
import type { PictogramName } from '../ui/pictograms.ts'

export const needPages = [
  {
    need: 'documenti',
    pictogram: 'id',
    codes: ['DOC.PRIMO', 'DOC.RINNOVO', 'DOC.AGGIORN', 'DOC.STATO', 'DOC.SLP', 'FAM.RICONG', 'CIT.RESID', 'RES.CF'],
  },
  {
    need: 'lavoro',
    pictogram: 'briefcase',
    codes: ['LAV.RICERCA', 'LAV.CPI', 'LAV.CONTR', 'LAV.TITOLI', 'LAV.IMPRESA', 'PRE.NASPI'],
  },
  { need: 'italiano', pictogram: 'abc', codes: ['SCU.ITA', 'SCU.TEST', 'DOC.ACCORDO', 'SCU.MEDIA'] },
  { need: 'salute', pictogram: 'stethoscope', codes: ['SAL.SSN', 'SAL.STP', 'SAL.CONS', 'SAL.PSI', 'SAL.DIS'] },
  { need: 'scuola', pictogram: 'school', codes: ['SCU.ISCR', 'SCU.COMUN', 'FAM.NASCITA', 'PRE.AUU', 'FAM.MINORI'] },
  {
    need: 'casa',
    pictogram: 'home',
    codes: ['CASA.RICERCA', 'CASA.SAP', 'CASA.SFRATTO', 'CASA.EMERG', 'RES.ISCR', 'CASA.OSPIT', 'PRE.ISEE', 'PRE.CIBO'],
  },
  {
    need: 'digitale',
    pictogram: 'device-mobile',
    codes: ['DIG.SPID', 'DIG.IO', 'DIG.FSE', 'DIG.INPS', 'DIG.PORTALI', 'DIG.MAIL'],
  },
  {
    need: 'diritti',
    pictogram: 'scale',
    codes: ['PROT.RICH', 'PROT.TEMP', 'DIR.LEGALE', 'DOC.DINIEGO', 'DIR.DISCR', 'DIR.VIOL'],
  },
] as const satisfies readonly { need: string; pictogram: PictogramName; codes: readonly string[] }[]
export type NeedPage = (typeof needPages)[number]

/** Free, day and night, and they find an interpreter. */
export const helplines = ['112', '1522', '800290290'] as const

/** Rows and targets of the project that have words for citizens in every language; others are shown as the programme wrote them. */
export const plainRows = ['M1.1', 'M1.2', 'M1.3', 'M2.1', 'M2.2', 'M2.3', 'M2.4', 'M2.5', 'M3.1', 'M3.2'] as const
export const plainTargets = ['P.A1.01', 'P.A1.02', 'P.A1.03', 'P.A1.05', 'P.A2.01', 'P.A2.02', 'P.A3.01'] as const
export const plainAreas = ['01', '02', '03'] as const
