import { address } from '../kernel/address.ts'

export const territory = {
  comuni: address('/staff/territorio'),
  offices: address('/staff/territorio/comuni/:code/uffici'),
  organisations: address('/staff/territorio/enti'),
  organisationsExport: address('/staff/territorio/enti/esporta'),
  newOrganisation: address('/staff/territorio/enti/nuovo'),
  organisation: address('/staff/territorio/enti/:id'),
  organisationData: address('/staff/territorio/enti/:id/dati'),
  newAgreement: address('/staff/territorio/enti/:id/accordi/nuovo'),
  organisationEnded: address('/staff/territorio/enti/:id/uscita'),
  organisationBack: address('/staff/territorio/enti/:id/rientro'),
  places: address('/staff/territorio/luoghi'),
  newPlace: address('/staff/territorio/luoghi/nuovo'),
  place: address('/staff/territorio/luoghi/:id'),
  placeEnded: address('/staff/territorio/luoghi/:id/fine'),
  closures: address('/staff/territorio/chiusure'),
  closureRemoved: address('/staff/territorio/chiusure/:id/ritiro'),
}
