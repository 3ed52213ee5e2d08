import { formatMoney } from '../money.ts'
import type { OrderState } from '../orders/states.ts'
import { whatsappDigits } from '../phone-format.ts'

/*
 * What a person writes to a buyer from an order: a text to start from, in the tongue that the buyer reads, opened in
 * WhatsApp and sent by hand. Neutral about people. Source: product.md 6 (scripts in French and in Darija, both scripts).
 */

/** Darija is written in Arabic letters or in Latin ones, and people read one of the two. */
export const tongues = ['fr', 'darija_arabic', 'darija_latin'] as const
export type Tongue = (typeof tongues)[number]

export const buyerMessages = ['confirm', 'unreachable', 'address', 'on_the_way', 'delivery_failed'] as const
export type BuyerMessage = (typeof buyerMessages)[number]

/** What a message may name. What is unknown is left out, never written as a gap. */
export interface MessageFacts {
  readonly shop: string
  readonly customerName: string
  readonly number: number
  /** Names of the lines, the first one first. */
  readonly products: readonly string[]
  /** What is paid at the door; null while it is unknown, zero when it is paid already. */
  readonly amountCentimes: number | null
  /** Its name in the tongue's script; null while unknown. */
  readonly city: string | null
}

const ofState: Partial<Record<OrderState, BuyerMessage>> = {
  unreachable: 'unreachable',
  shipped: 'on_the_way',
  delivery_failed: 'delivery_failed',
}

/** The message that an order most likely calls for. */
export const likelyMessage = (order: {
  readonly state: OrderState | null
  readonly toComplete: readonly string[]
}): BuyerMessage => {
  if (order.toComplete.length > 0) return 'address'
  return (order.state && ofState[order.state]) ?? 'confirm'
}

const arabicLetters = /\p{Script=Arabic}/u

/** A name in Arabic letters says what its bearer reads. */
export const tongueOf = (customerName: string): Tongue => (arabicLetters.test(customerName) ? 'darija_arabic' : 'fr')

interface Words {
  readonly and: (name: string, others: number) => string
  readonly greet: (name: string, shop: string) => string
  readonly amount: (centimes: number) => string
  readonly comma: string
  readonly to: (city: string) => string
  readonly say: Record<BuyerMessage, (about: About) => string>
}

/** The order in a few words: its number, and what is in it, for how much, where to. */
interface About {
  readonly number: number
  readonly details: string
  readonly amount: string | null
}

const words: Record<Tongue, Words> = {
  fr: {
    and: (name, others) => (others === 1 ? `${name} et un autre article` : `${name} et ${others} autres articles`),
    greet: (name, shop) => `Bonjour ${name}, ici ${shop}.`,
    amount: (centimes) => formatMoney(centimes, 'fr', { decimals: 'auto' }),
    comma: ', ',
    to: (city) => `livraison à ${city}`,
    say: {
      confirm: ({ number, details }) =>
        `Votre commande n° ${number} est bien reçue : ${details}. La confirmez-vous ? Répondez « Oui » ou « Non ». Merci.`,
      unreachable: ({ number, details }) =>
        `Nous avons essayé de vous joindre pour la commande n° ${number} : ${details}. À quelle heure pouvons-nous vous rappeler ? Merci.`,
      address: ({ number, details }) =>
        `Pour envoyer la commande n° ${number} (${details}), il nous manque l’adresse complète : ville, quartier et un point de repère. Merci de l’écrire ici.`,
      on_the_way: ({ number, details, amount }) =>
        `Votre commande n° ${number} est en route : ${details}.${amount ? ` Merci de préparer ${amount}.` : ''} Le livreur vous appellera.`,
      delivery_failed: ({ number, details }) =>
        `Le livreur n’a pas pu vous remettre la commande n° ${number} : ${details}. Quel jour et à quelle adresse pouvons-nous repasser ? Merci.`,
    },
  },
  darija_arabic: {
    and: (name, others) => (others === 1 ? `${name} وحاجة أخرى` : `${name} و${others} ديال الحوايج أخرين`),
    greet: (name, shop) => `السلام عليكم ${name}، معاكم ${shop}.`,
    amount: (centimes) => formatMoney(centimes, 'ar', { decimals: 'auto' }),
    comma: '، ',
    to: (city) => `التوصيل ل${city}`,
    say: {
      confirm: ({ number, details }) =>
        `وصلنا الطلب ديالكم رقم ${number}: ${details}. واش نأكدوه ليكم؟ جاوبونا بـ «نعم» ولا «لا». شكرا.`,
      unreachable: ({ number, details }) =>
        `عيطنا ليكم على الطلب رقم ${number}: ${details}، وما قدرناش نتواصلو معاكم. فوقاش نعاودو نعيطو ليكم؟ شكرا.`,
      address: ({ number, details }) =>
        `باش نصيفطو ليكم الطلب رقم ${number} (${details}) خاصنا العنوان كامل: المدينة، الحي، وشي علامة قريبة. كتبوه لينا هنا عافاكم.`,
      on_the_way: ({ number, details, amount }) =>
        `الطلب ديالكم رقم ${number} راه فالطريق: ${details}.${amount ? ` وجدو ${amount} عافاكم.` : ''} الموزع غادي يعيط ليكم.`,
      delivery_failed: ({ number, details }) =>
        `الموزع ما قدرش يوصل ليكم الطلب رقم ${number}: ${details}. فوقاش وفين نعاودو التوصيل؟ شكرا.`,
    },
  },
  darija_latin: {
    and: (name, others) => (others === 1 ? `${name} w 7aja okhra` : `${name} w ${others} d l7wayj okhrin`),
    greet: (name, shop) => `Salam ${name}, m3akom ${shop}.`,
    amount: (centimes) => formatMoney(centimes, 'fr', { decimals: 'auto' }),
    comma: ', ',
    to: (city) => `twsil l ${city}`,
    say: {
      confirm: ({ number, details }) =>
        `Weslatna l commande dyalkom n° ${number} : ${details}. Wach n2akdoha likom ? Jawbona b « Oui » wla « Non ». Chokran.`,
      unreachable: ({ number, details }) =>
        `3iyetna likom 3la l commande n° ${number} : ${details}, w ma 9dernach ntwaslo m3akom. Fo9ach n3awdo n3iyto likom ? Chokran.`,
      address: ({ number, details }) =>
        `Bach nsifto likom l commande n° ${number} (${details}) khassna l adresse kamla : lmdina, l7ay w chi 3alama 9riba. Ktboha lina hna 3afakom.`,
      on_the_way: ({ number, details, amount }) =>
        `L commande dyalkom n° ${number} rah f tri9 : ${details}.${amount ? ` Wejdo ${amount} 3afakom.` : ''} L livreur ghadi y3iyet likom.`,
      delivery_failed: ({ number, details }) =>
        `L livreur ma 9derch ywesel likom l commande n° ${number} : ${details}. Fo9ach w fin n3awdo twsil ? Chokran.`,
    },
  },
}

/** A message to a buyer in a tongue, whole sentences without gaps. */
export const buyerMessage = (message: BuyerMessage, tongue: Tongue, facts: MessageFacts): string => {
  const { and, greet, amount, comma, to, say } = words[tongue]
  const [first, ...others] = facts.products
  const sum = facts.amountCentimes !== null && facts.amountCentimes > 0 ? amount(facts.amountCentimes) : null
  const details = [
    first === undefined ? null : others.length === 0 ? first : and(first, others.length),
    sum,
    facts.city === null ? null : to(facts.city),
  ].filter((part) => part !== null)
  const about = { number: facts.number, details: details.join(comma) || facts.shop, amount: sum }
  return `${greet(facts.customerName, facts.shop)} ${say[message](about)}`
}

/** Opens the buyer's conversation with the text in the field, unsent. `phone` is E.164, never a mask. */
export const whatsappLink = (phone: string, text: string): string =>
  `https://wa.me/${whatsappDigits(phone)}?text=${encodeURIComponent(text)}`
