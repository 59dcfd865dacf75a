import { address } from '../kernel/address.ts'

export const orientation = {
  list: address('/staff/orientamento'),
  checks: address('/staff/orientamento/verifiche'),
  figures: address('/staff/orientamento/andamento'),
  figuresExport: address('/staff/orientamento/andamento/esporta'),
  group: address('/staff/orientamento/gruppi/nuovo'),
  /** The first interview, which opens the plan: of somebody sent by the desk, or found. */
  referral: address('/staff/orientamento/invii/:referral'),
  referralEnd: address('/staff/orientamento/invii/:referral/chiusura'),
  open: address('/staff/orientamento/persone/:person'),
  plan: address('/staff/orientamento/piani/:plan'),
  aims: address('/staff/orientamento/piani/:plan/obiettivi'),
  newStep: address('/staff/orientamento/piani/:plan/passi/nuovo'),
  agreement: address('/staff/orientamento/piani/:plan/accordo'),
  /** In the two languages side by side. */
  paper: address('/staff/orientamento/piani/:plan/piano.pdf'),
  log: address('/staff/orientamento/piani/:plan/colloqui.pdf'),
  newSession: address('/staff/orientamento/piani/:plan/colloqui/nuovo'),
  newMilestone: address('/staff/orientamento/piani/:plan/pratiche/:kind'),
  result: address('/staff/orientamento/piani/:plan/verifiche/:months'),
  /** Called to ask for it. */
  called: address('/staff/orientamento/piani/:plan/verifiche/:months/telefonata'),
  curriculum: address('/staff/orientamento/piani/:plan/curriculum'),
  newEntry: address('/staff/orientamento/piani/:plan/curriculum/:kind'),
  cv: address('/staff/orientamento/piani/:plan/curriculum.pdf'),
  attachments: address('/staff/orientamento/piani/:plan/allegati'),
  closing: address('/staff/orientamento/piani/:plan/chiusura'),
  step: address('/staff/orientamento/passi/:step'),
  stepState: address('/staff/orientamento/passi/:step/stato'),
  session: address('/staff/orientamento/colloqui/:session'),
  milestone: address('/staff/orientamento/pratiche/:milestone'),
  milestoneEnd: address('/staff/orientamento/pratiche/:milestone/annullamento'),
  entry: address('/staff/orientamento/voci/:entry'),
  entryEnd: address('/staff/orientamento/voci/:entry/rimozione'),
  file: address('/staff/orientamento/allegati/:file'),
  fileEnd: address('/staff/orientamento/allegati/:file/rimozione'),
}
