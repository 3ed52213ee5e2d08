import { wordKey } from '../carrier-files/words.ts'
import type { OrderState } from '../orders/states.ts'

/*
 * What other systems call what became of an order. A proposal is all this makes: a person has the last word, and it is
 * remembered. A word that nobody has explained moves nothing (law 13).
 */

/**
 * The states in which a past order can come. Never one that waits to be confirmed: nobody is called about an order that
 * another system has worked on.
 */
export const pastStates = [
  'unreachable',
  'confirmed',
  'shipped',
  'delivered',
  'delivery_failed',
  'returned',
  'cancelled',
] as const satisfies readonly OrderState[]
export type PastState = (typeof pastStates)[number]

const meanings: Readonly<Record<PastState, readonly string[]>> = {
  unreachable: [
    'INJOIGNABLE',
    'PAS DE REPONSE',
    'SANS REPONSE',
    'NRP',
    'BOITE VOCALE',
    'NO ANSWER',
    'UNREACHABLE',
    'لا يجيب',
    'لا يرد',
  ],
  confirmed: ['CONFIRME', 'CONFIRMEE', 'CONFIRMED', 'EN PREPARATION', 'PREPARATION', 'مؤكد', 'تم التأكيد'],
  shipped: [
    'EXPEDIE',
    'EXPEDIEE',
    'ENVOYE',
    'ENVOYEE',
    'EN COURS DE LIVRAISON',
    'EN LIVRAISON',
    'EN TRANSIT',
    'RAMASSE',
    'SHIPPED',
    'IN TRANSIT',
    'OUT FOR DELIVERY',
    'تم الشحن',
    'قيد التوصيل',
  ],
  delivered: [
    'LIVRE',
    'LIVREE',
    'PAYE',
    'PAYEE',
    'DELIVERED',
    'FULFILLED',
    'COMPLETED',
    'TERMINEE',
    'تم التسليم',
    'تم التوصيل',
  ],
  delivery_failed: ['ECHEC', 'ECHEC DE LIVRAISON', 'NON LIVRE', 'NON LIVREE', 'DELIVERY FAILED', 'فشل التوصيل'],
  returned: [
    'RETOUR',
    'RETOURNE',
    'RETOURNEE',
    'RETURNED',
    'RTO',
    'REFUSE',
    'REFUSEE',
    'REFUSED',
    'مرتجع',
    'مرجوع',
    'مرفوض',
  ],
  cancelled: ['ANNULE', 'ANNULEE', 'CANCELLED', 'CANCELED', 'DOUBLON', 'FAUSSE COMMANDE', 'ملغى', 'ملغي', 'ملغاة'],
}

const known = new Map(pastStates.flatMap((state) => meanings[state].map((word) => [wordKey(word), state] as const)))

/** By what two spellings of a status are one; empty for a row that says nothing. */
export const statusKey = (word: string): string => wordKey(word).slice(0, 120)

/** What a word probably means. */
export const suggestedState = (word: string): PastState | null => known.get(wordKey(word)) ?? null

/** What the merchant has said of words, by their keys; null for one that is to be read by nobody. */
export type SaidWords = ReadonlyMap<string, PastState | null>

/** What a word means: what was said of it, else what is proposed. */
export const meaningOf = (word: string, said: SaidWords): PastState | null => {
  const key = statusKey(word)
  return said.has(key) ? (said.get(key) ?? null) : suggestedState(word)
}
