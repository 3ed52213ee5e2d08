/** Sendit's words and their labels. Source: integrations.md 1.7. */
export const statusLabels: Readonly<Record<string, string>> = {
  PENDING: 'En attente',
  TO_PREPARE: 'À préparer',
  NEW_DESTINATION: 'À changer',
  TO_PICKUP: 'Ramassage en cours',
  PICKEDUP: 'Ramassé',
  WAREHOUSE: 'Entrepôt',
  TRANSIT: 'En transit',
  DISTRIBUTED: 'Distribué',
  DELIVERING: 'En cours de livraison',
  UNREACHABLE: 'Injoignable',
  POSTPONED: 'Reporté',
  DELIVERED: 'Livré',
  CANCELED: 'Annulé',
  REJECTED: 'Refusé',
}

export const returnStatuses = [
  'RETOUR_PENDING',
  'TORETURN',
  'RETURN_WAREHOUSE',
  'RETURN_TOCHECK',
  'RETURN_STOCK',
  'RETURN_SELLER',
] as const
export type ReturnStatus = (typeof returnStatuses)[number]

export const isReturnStatus = (status: string): status is ReturnStatus =>
  (returnStatuses as readonly string[]).includes(status)

/** A parcel may be changed or deleted only before it is picked up; `TOPICKUP` is another spelling seen. */
export const isChangeable = (status: string): boolean =>
  ['PENDING', 'TO_PREPARE', 'TO_PICKUP', 'TOPICKUP', 'NEW_DESTINATION'].includes(status)

/** The parcel will not be sold any more and travels back once it was picked up. */
export const goesBack = (status: string): boolean => ['REJECTED', 'CANCELED', 'CANCELLED'].includes(status)

/** A word that no catalogue lists, as a carrier invents one on a Monday. */
export const unknownStatus = 'EN_LITIGE'
