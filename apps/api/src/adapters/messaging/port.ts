import type { CardButton, CardHeader } from '@sendocki/domain/whatsapp/carousel'
import type { MediaKind } from '@sendocki/domain/whatsapp/media'
import type { MessageKind } from '@sendocki/domain/whatsapp/message'
import type { TemplateState } from '@sendocki/domain/whatsapp/template'

export interface RawDelivery {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly query: Readonly<Record<string, string | undefined>>
  readonly body: Buffer
}

/**
 * What to do about a refusal. `retry`: later, by itself · `stop`: never again by itself · `template`: only a template
 * may be sent now · `blocked`: this person cannot or will not be reached · `reconnect`: the merchant must act at Meta.
 */
export type FailureAction = 'retry' | 'stop' | 'template' | 'blocked' | 'reconnect'
/** What the action is about: one message, one person, all that a number sends, a template, or the connection. */
export type FailureScope = 'message' | 'person' | 'number' | 'template' | 'connection'

export interface Failure {
  readonly code: number
  readonly action: FailureAction
  readonly scope: FailureScope
  /** Seconds to wait before another try, where the contract says so. */
  readonly seconds: number | null
  /** Why, as a code of the list of refusals. */
  readonly problem: Problem
}
export type Problem =
  | 'message.refused'
  | 'message.no_whatsapp'
  | 'message.opted_out'
  | 'message.window_closed'
  | 'message.too_many_marketing'
  | 'message.delivery_failed'
  | 'template.not_approved'
  | 'whatsapp.token_refused'
  | 'whatsapp.action_needed'
  | 'whatsapp.too_busy'

/** A person on the other side; at least one of the two is known. */
export interface Person {
  /** E.164. */
  readonly phone: string | null
  readonly userId: string | null
}

export interface StatusNews {
  readonly kind: 'status'
  readonly lineId: string
  readonly messageId: string
  readonly status: 'sent' | 'delivered' | 'read' | 'failed'
  readonly at: string
  /** Our own id, as we gave it when we sent. */
  readonly ownId: string | null
  readonly person: Person
  readonly failure: Failure | null
  readonly billedAs: string | null
}

export interface MessageNews {
  readonly kind: 'message'
  readonly lineId: string
  readonly messageId: string
  readonly person: Person
  readonly profileName: string | null
  readonly at: string
  readonly is: MessageKind
  readonly text: string | null
  /** What a pressed button carries. It comes from the buyer's phone, so it proves nothing by itself. */
  readonly payload: string | null
  readonly location: { readonly latitude: number; readonly longitude: number; readonly name: string | null } | null
  /** The file that it carries: Meta's id of it, under which the bytes can be fetched for some days. */
  readonly media: { readonly kind: MediaKind; readonly metaId: string; readonly fileName: string | null } | null
  readonly quotes: string | null
}

/** Null: the news says nothing of it. */
export interface TemplateNews {
  readonly kind: 'template'
  readonly businessAccountId: string
  readonly templateId: string | null
  readonly name: string
  readonly language: string
  readonly state: TemplateState | null
  readonly reason: string | null
  readonly category: string | null
  readonly quality: string | null
}

export type News = StatusNews | MessageNews | TemplateNews
export type ParsedNews =
  | { readonly ok: true; readonly news: readonly News[] }
  | { readonly ok: false; readonly why: string }

/** The pure half: signature and reading. */
export interface MessagingMap {
  key(delivery: RawDelivery): string
  verify(delivery: RawDelivery, secrets: readonly string[]): boolean
  parse(body: Buffer): ParsedNews
}

export interface Line {
  readonly lineId: string
  readonly businessAccountId: string
  readonly accessToken: string
}

export type Outgoing =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'template'
      readonly name: string
      readonly language: string
      readonly values: readonly string[]
      /** One for each quick-reply button, in order. */
      readonly payloads: readonly string[]
      /** The cards of a carousel, in order; empty for any other template. */
      readonly cards: readonly OutgoingCard[]
    }
  | {
      readonly kind: 'media'
      readonly media: MediaKind
      /** Meta's id of the file, as `upload` gives it. */
      readonly metaId: string
      readonly caption: string | null
      /** A document is shown by its name. */
      readonly fileName: string | null
      /** Played like something said instead of shown like a file. */
      readonly isVoice: boolean
    }

export interface OutgoingCard {
  readonly header: CardHeader
  /** Meta's id of the file, as `upload` gives it. */
  readonly metaId: string
  /** One for each variable of its text. */
  readonly values: readonly string[]
  /** What each quick reply carries, with its place among all buttons of the card. */
  readonly replies: readonly { readonly place: number; readonly payload: string }[]
}

/** A call that got no answer is `unknown`: only a status with our own id may settle it. */
export type SendResult = { readonly kind: 'accepted'; readonly messageId: string } | { readonly kind: 'unknown' }

export interface LineFacts {
  readonly displayPhone: string | null
  readonly verifiedName: string | null
  readonly quality: string | null
  readonly limitTier: string | null
}

export interface RemoteTemplate {
  readonly templateId: string
  readonly name: string
  readonly language: string
  readonly category: string
  readonly state: TemplateState
  readonly reason: string | null
  readonly quality: string | null
  readonly header: string | null
  readonly body: string
  readonly footer: string | null
  readonly buttons: readonly string[]
  readonly cards: readonly {
    readonly header: CardHeader
    readonly body: string
    readonly buttons: readonly CardButton[]
  }[]
}

export interface NewTemplate {
  readonly name: string
  readonly language: string
  readonly category: string
  readonly header: string | null
  readonly body: string
  readonly footer: string | null
  readonly buttons: readonly string[]
  readonly cards: readonly NewTemplateCard[]
  /** One for each variable of the body. */
  readonly examples: readonly string[]
}

export interface NewTemplateCard {
  readonly header: CardHeader
  /** What Meta's reviewers are shown, as `uploadSample` gives it. */
  readonly sample: string
  readonly body: string
  /** One for each variable of its text. */
  readonly examples: readonly string[]
  readonly buttons: readonly CardButton[]
}

/** A plain no, read by its code; never by its text. */
export class MessagingRefused extends Error {
  readonly failure: Failure
  constructor(failure: Failure, message: string) {
    super(message)
    this.failure = failure
  }
}
/** No usable answer, and nothing was done or doing it again is harmless. */
export class MessagingUnavailable extends Error {}

/** The bytes of a file will not come, however often they are asked for. */
export class MediaLost extends Error {
  readonly problem: 'media.expired' | 'media.too_large' | 'media.unavailable'
  constructor(problem: MediaLost['problem'], message: string) {
    super(message)
    this.problem = problem
  }
}

export interface OutgoingFile {
  readonly bytes: Buffer
  readonly type: string
  readonly fileName: string | null
}

/** The half that talks; exists in jobs only. Throws `MessagingRefused` and `MessagingUnavailable`. */
export interface MessagingPort {
  line(line: Line): Promise<LineFacts>
  /** The lines of the business account, by Meta's ids. */
  lines(line: Line): Promise<readonly string[]>
  /** Has Meta deliver what happens on this business account to our address; Meta asks that address first. */
  subscribe(line: Line, webhook: { readonly url: string; readonly verifyToken: string }): Promise<void>
  unsubscribe(line: Line): Promise<void>
  templates(line: Line): Promise<readonly RemoteTemplate[]>
  /** Hands Meta's reviewers the file of a card and answers with the handle by which a template names it. */
  uploadSample(line: Line, file: OutgoingFile): Promise<string>
  createTemplate(line: Line, template: NewTemplate): Promise<Pick<RemoteTemplate, 'templateId' | 'state' | 'category'>>
  /** The bytes of what a buyer sent, at most so many. Throws `MediaLost` as well. */
  fetchFile(line: Line, file: { readonly metaId: string; readonly most: number }): Promise<Buffer>
  /** Hands Meta a file and answers with its id, which a message can carry for some days. */
  upload(line: Line, file: OutgoingFile): Promise<string>
  send(
    line: Line,
    message: { readonly ownId: string; readonly to: Person; readonly content: Outgoing },
  ): Promise<SendResult>
}
