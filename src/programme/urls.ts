import { address } from '../kernel/address.ts'

export const programme = {
  project: address('/staff/progetto'),
  identity: address('/staff/progetto/dati'),
  targetsExport: address('/staff/progetto/obiettivi/esporta'),
  target: address('/staff/progetto/obiettivi/:indicator'),
  calendar: address('/staff/progetto/calendario'),
  newDeadline: address('/staff/progetto/calendario/nuova'),
  deadline: address('/staff/progetto/calendario/:id'),
  deadlineDone: address('/staff/progetto/calendario/:id/fatto'),
  deadlineDropped: address('/staff/progetto/calendario/:id/annullo'),
  budget: address('/staff/progetto/bilancio'),
  newBudget: address('/staff/progetto/bilancio/nuova-versione'),
  settings: address('/staff/progetto/impostazioni'),
  setting: address('/staff/progetto/impostazioni/:name'),
  logos: address('/staff/progetto/loghi'),
  logo: address('/staff/progetto/loghi/:id'),
  logoMoved: address('/staff/progetto/loghi/:id/prima'),
  logoEnded: address('/staff/progetto/loghi/:id/fine'),
  /** Signed sheets that come back as scans. */
  scans: address('/staff/scansioni'),
  scan: address('/staff/scansioni/:id'),
  scanPage: address('/staff/scansioni/:id/pagine/:page'),
  scanPageAside: address('/staff/scansioni/:id/pagine/:page/da-parte'),
  /** Who signed on an empty line of it. */
  scanLine: address('/staff/scansioni/:id/pagine/:page/riga'),
  scanLineBack: address('/staff/scansioni/:id/pagine/:page/riga/libera'),
  scanPicture: address('/staff/scansioni/:id/pagine/:page/immagine'),
  references: address('/staff/riferimenti/:kind/:thing'),
  referenceWithdrawn: address('/staff/riferimenti/:kind/:thing/:id/ritiro'),
  /** The picture itself; `:version` is light, dark or bw, and falls back to light. */
  logoFile: address('/loghi/:id/:version'),
}
