import type { ParcelStatus } from '../parcels/parcel.ts'

/** One spelling of a carrier's word: without accents, in capitals, blanks and underscores as one. */
export const wordKey = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .trim()
    .toUpperCase()
    .replace(/[\s_-]+/g, ' ')

/** What many local carriers mean, because they run the same software. Source: integrations.md 2.9. */
const meanings: Readonly<Partial<Record<ParcelStatus, readonly string[]>>> = {
  created: ['NEW PARCEL', 'NOUVEAU COLIS', 'NOUVEAU'],
  awaiting_pickup: ['WAITING PICKUP', 'ATTENTE DE RAMASSAGE', 'EN ATTENTE DE RAMASSAGE'],
  picked_up: ['PICKED UP', 'RAMASSE', 'COLLECTE', 'ENLEVE'],
  in_transit: ['SENT', 'EXPEDIE', 'EXPEDIEE', 'RECEIVED', 'RECU', 'IN AGENCY', 'SENT BY AMANA', 'EN TRANSIT'],
  out_for_delivery: [
    'DISTRIBUTION',
    'MISE EN DISTRIBUTION',
    'OUT FOR DELIVERY',
    'IN PROGRESS',
    'EN COURS',
    'EN COURS DE LIVRAISON',
  ],
  attempt_failed: [
    'NOANSWER',
    'PAS DE REPONSE',
    'PAS DE REPONSE + SMS',
    'DEUX',
    'TROIS',
    'QUATRE',
    'UNREACHABLE',
    'INJOI',
    'INJOIGNABLE',
    'CLIENT INJOIGNABLE',
    'BV',
    'BOITE VOCALE',
  ],
  postponed: ['POSTPONED', 'REPORTE', 'PROGRAMMER', 'PROGRAMME', 'LATER', 'REPORTE AUJOURDHUI', 'EN VOYAGE'],
  action_needed: [
    'ERR',
    'NUMERO ERRONE',
    'INCORRECT ADDRESS',
    'ADRESSE INCORRECTE',
    'OUT OF AREA',
    'HORS ZONE',
    'DOUBLE',
    'WAIT RELANCE',
    'CLIENT INTERESE',
  ],
  delivered: ['DELIVERED', 'LIVRE', 'LIVREE', 'تم التسليم', 'تم التوصيل'],
  refused: ['REFUSE', 'REFUSEE', 'REFUSED', 'مرفوض'],
  cancelled: ['CANCELED', 'CANCELLED', 'CANCELED BY VENDEUR', 'ANN', 'ANNULE', 'ANNULEE', 'ملغى'],
  returning: ['PREPARED FOR RETOURNE', 'SENT TO VENDOR', 'RETURN BY AMANA', 'EN RETOUR', 'RETOUR EN COURS'],
  returned: ['RETURNED', 'RETOURNE', 'RETOURNEE', 'RETURNED TO VENDOR', 'RETURNED TO STOCK', 'مرتجع'],
}

const known = new Map(
  Object.entries(meanings).flatMap(([status, words]) =>
    words.map((word) => [wordKey(word), status as ParcelStatus] as const),
  ),
)

/**
 * What a word probably means, to be proposed to a person and never believed by itself: another carrier may mean something
 * else by it (law 13).
 */
export const suggestedMeaning = (word: string): ParcelStatus | null => known.get(wordKey(word)) ?? null
