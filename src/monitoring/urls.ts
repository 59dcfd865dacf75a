import { address } from '../kernel/address.ts'

/** `?dal=&al=` say the period; `?sesso=&eta=` one cell; `?nuove=1` those new in the period; `?per=&di=` one Comune or citizenship; `?dopo=` where to go on. */
export const monitoring = {
  // for anybody
  openCsv: address('/dati/indicatori.csv'),
  openJson: address('/dati/indicatori.json'),

  // for the staff
  progress: address('/staff/monitoraggio'),
  export: address('/staff/monitoraggio/esporta'),
  /** Of all lists of the house, not only of figures. */
  exported: address('/staff/esportazioni'),
  notCountable: address('/staff/monitoraggio/non-conteggiabili'),
  /** `?mese=` which month; `?solo=` those who count in it, or those who do not. */
  served: address('/staff/monitoraggio/serviti'),
  notCountableExport: address('/staff/monitoraggio/non-conteggiabili/esporta'),
  definitions: address('/staff/monitoraggio/definizioni'),
  definition: address('/staff/monitoraggio/definizioni/:code'),
  figure: address('/staff/monitoraggio/:code'),
  figureExport: address('/staff/monitoraggio/:code/esporta'),
  evidence: address('/staff/monitoraggio/:code/persone/:person'),
}
