/** A line of a business account. */
export interface PlayedNumber {
  readonly id: string
  readonly accountId: string
  readonly displayPhone: string
  readonly verifiedName: string
  quality: string
  limitTier: string
}

export interface PlayedTemplate {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly language: string
  category: string
  status: string
  reason: string
  quality: string
  readonly components: readonly unknown[]
}

/** What a buyer does with a question that has buttons. `text` writes instead of pressing. */
export const answers = ['nothing', 'yes', 'no', 'later', 'text', 'twice'] as const
export type BuyerAnswer = (typeof answers)[number]

/** Somebody with a phone. Whoever was never described has WhatsApp, reads, and says nothing. */
export interface Buyer {
  /** Digits with the country code. */
  readonly phone: string
  readonly userId: string
  name: string
  answer: BuyerAnswer
  text: string
  /** A user name instead of the phone in everything that Meta tells. */
  hidesPhone: boolean
  /** Messages are taken and then fail with this code. */
  failsWith: number | null
  /** Messages are refused with this code. */
  refusedWith: number | null
}

export interface SentMessage {
  readonly id: string
  readonly numberId: string
  /** The buyer's phone. */
  readonly to: string
  readonly body: Readonly<Record<string, unknown>>
  readonly ownId: string | null
  readonly at: string
  status: string
}

/** A file at Meta: what a buyer sent, or what was uploaded. */
export interface PlayedFile {
  readonly id: string
  readonly type: string
  readonly base64: string
  readonly fileName: string | null
  readonly isExpired: boolean
  /** Bytes that Meta says it has, where they are not those that it has. */
  readonly claims: number | null
  /** An address that is named instead of Meta's own. */
  readonly elsewhere: string | null
}

/** Where an account's news go, as the app's dashboard or an override of one account says. */
export interface AppHook {
  readonly url: string
  readonly verifyToken: string
  readonly secret: string
}

export interface WhatsAppState {
  readonly numbers: Map<string, PlayedNumber>
  readonly templates: Map<string, PlayedTemplate>
  readonly buyers: Map<string, Buyer>
  readonly messages: Map<string, SentMessage>
  readonly files: Map<string, PlayedFile>
  /** By account. */
  readonly hooks: Map<string, AppHook>
  /** When a buyer last wrote to a number (milliseconds), by `number:phone`. */
  readonly windows: Map<string, number>
  /** When a number last wrote to a buyer (milliseconds, the newest last), by `number:phone`. */
  readonly paces: Map<string, number[]>
  /** New templates wait for the control call instead of being approved by themselves. */
  holdTemplates: boolean
}

/** The line that is there from the beginning; its token and app secret are `demo`. */
export const demoNumber = { id: '100200300400500', accountId: '200300400500600' } as const

export const noWhatsAppState = (): WhatsAppState => ({
  numbers: new Map([
    [
      demoNumber.id,
      {
        ...demoNumber,
        displayPhone: '+212 5 20 34 62 18',
        verifiedName: 'Dar Argan',
        quality: 'GREEN',
        limitTier: 'TIER_250',
      },
    ],
  ]),
  templates: new Map(),
  buyers: new Map(),
  messages: new Map(),
  files: new Map(),
  hooks: new Map(),
  windows: new Map(),
  paces: new Map(),
  holdTemplates: false,
})

/** The buyer of a phone, met for the first time if need be. */
export const buyerOf = (state: WhatsAppState, phone: string): Buyer => {
  const known = state.buyers.get(phone)
  if (known) return known
  const buyer: Buyer = {
    phone,
    userId: `MA.${phone.split('').toReversed().join('')}`,
    name: `Client ${phone.slice(-4)}`,
    answer: 'nothing',
    text: '',
    hidesPhone: false,
    failsWith: null,
    refusedWith: null,
  }
  state.buyers.set(phone, buyer)
  return buyer
}
