import type { ListedPlace } from '@sendocki/domain/carrier-files/places'
import type { ParcelStatus } from '@sendocki/domain/parcels/parcel'
import { placeKey } from '@sendocki/domain/places/place-key'

/*
 * The carrier of the region as its files speak: a list of cities and fees, and French words for where parcels are.
 */

const listed = (name: string, dirhams: number, delay: string): ListedPlace => ({
  placeId: placeKey(name),
  name,
  deliveredFeeCentimes: dirhams * 100,
  refusedFeeCentimes: 1_000,
  returnedFeeCentimes: 500,
  delay,
})

export const localCities: readonly ListedPlace[] = [
  ...['Rabat', 'Salé', 'Témara'].map((city) => listed(city, 20, '24 h')),
  ...['Kénitra', 'Skhirat', 'Khémisset'].map((city) => listed(city, 25, '24 h')),
  listed('Sidi Slimane', 30, '48 h'),
]

interface Word {
  readonly word: string
  readonly status: ParcelStatus
}

/** How its file says what the story tells in Sendit's words; what it never says is not there. */
export const localWords: Readonly<Record<string, Word>> = {
  PICKEDUP: { word: 'Ramassé', status: 'picked_up' },
  TRANSIT: { word: 'Expédié', status: 'in_transit' },
  DELIVERING: { word: 'En cours de livraison', status: 'out_for_delivery' },
  DELIVERED: { word: 'Livré', status: 'delivered' },
  POSTPONED: { word: 'Reporté', status: 'postponed' },
  UNREACHABLE: { word: 'Pas de réponse', status: 'attempt_failed' },
  NEW_DESTINATION: { word: 'Adresse erronée', status: 'action_needed' },
  REJECTED: { word: 'Refusé', status: 'refused' },
  RETOUR_PENDING: { word: 'Retour en cours', status: 'returning' },
  RETURN_SELLER: { word: 'Retourné', status: 'returned' },
  CANCELED: { word: 'Annulé', status: 'cancelled' },
}
