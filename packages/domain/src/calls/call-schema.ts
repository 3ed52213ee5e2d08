import { type Static, Type } from 'typebox'
import { CustomerBlock } from '../customers/customer.ts'
import { Order, OrderSummary } from '../orders/order.ts'
import { yesLacks } from '../orders/states.ts'
import { riskLevels } from '../risk/settings.ts'
import {
  closed,
  Day,
  Instant,
  Line,
  named,
  nullable,
  oneOf,
  page,
  ref,
  SignedCentimes,
  Text,
  Uuid,
  Whole,
  withExample,
} from '../schema.ts'
import { callKinds, callQuestions, claimWays, pauseReasons, setAsides } from './call.ts'
import { closedReasons } from './hours.ts'
import { becauseCodes } from './ladder.ts'
import { outcomes, retriedOutcomes } from './outcomes.ts'

const Holder = Type.Object({ id: Uuid, name: Type.String() })

/** The hand on a customer: nobody else works with them until it ends. */
export const CallLease = named(
  'CallLease',
  Type.Object({
    id: Uuid,
    customerId: Uuid,
    /** The order that is worked on; null for a customer who called and waits for no call. */
    orderId: nullable(Uuid),
    claimedAt: Instant,
    /** Renewed every 20 seconds it lasts 60; once dialled, 10 minutes without renewal. */
    expiresAt: Instant,
    dialledAt: nullable(Instant),
  }),
)
export type CallLease = Static<typeof CallLease>

/** A colleague asks for the customer; null when nobody does, or the minute of question and answer is over. */
const Ask = Type.Object({
  by: Holder,
  until: Instant,
  /** The holder has answered that the customer stays where they are. */
  kept: Type.Boolean(),
})
export type CallAsk = Static<typeof Ask>

/** Who has the hand on the customer of an order, told to whoever may read the order; null while nobody has. */
export const OrderHolder = named(
  'OrderHolder',
  Type.Object({
    holder: nullable(
      Type.Object({
        ...Holder.properties,
        claimedAt: Instant,
        expiresAt: Instant,
        /** Since when they talk; null while they have not dialled. */
        dialledAt: nullable(Instant),
      }),
    ),
    /** By which somebody who leads takes over. */
    leaseId: nullable(Uuid),
    ask: nullable(Ask),
  }),
)
export type OrderHolder = Static<typeof OrderHolder>

/** What a yes in writing lacks before the order is confirmed; null for every other kind, and once it lacks nothing. */
const Lacks = nullable(oneOf(yesLacks))

/** Why an order is the next one. */
export const CallWhy = Type.Object({
  kind: oneOf(callKinds),
  lacks: Lacks,
  way: oneOf(claimWays),
  /** Since when it waits, or when it was promised. */
  dueAt: nullable(Instant),
  attemptCount: Type.Integer(),
})

export const Call = named('Call', Type.Object({ lease: ref(CallLease), order: nullable(ref(Order)), why: CallWhy }))
export type Call = Static<typeof Call>

export const ClaimCall = named(
  'ClaimCall',
  withExample(
    closed({
      orderId: Type.Optional(Uuid),
      phone: Type.Optional(
        Line(60, { description: 'A whole number in any notation: who is calling. A part of one is refused' }),
      ),
      incomingCallId: Type.Optional(Uuid),
    }),
    {},
  ),
)
export type ClaimCall = Static<typeof ClaimCall>

export const CallAnswers = closed({
  amountTold: Type.Optional(Type.Boolean()),
  /** The day of delivery that was told. */
  dateTold: Type.Optional(Day),
  /** The buyer said yes a second time, where the order's risk asks for it. */
  confirmedTwice: Type.Optional(Type.Boolean()),
})
export type CallAnswers = Static<typeof CallAnswers>

export const SaveOutcome = named(
  'SaveOutcome',
  withExample(
    closed({
      orderId: Uuid,
      outcome: oneOf(outcomes),
      /** When to call back: what was read in the words of the buyer, and shown for assent. */
      callbackAt: Type.Optional(Instant),
      /** Whether anybody may call back, and not whoever promised it. */
      callbackByAny: Type.Optional(Type.Boolean()),
      reasonId: Type.Optional(Uuid),
      note: Type.Optional(Text(2_000)),
      answers: Type.Optional(CallAnswers),
      /** When it was decided, on a screen that had no network since. */
      decidedAt: Type.Optional(Instant),
      /** No next call is wanted: the shift ends. */
      stop: Type.Optional(Type.Boolean()),
    }),
    { orderId: '019a0000-0000-7000-8000-00000000dead', outcome: 'no_answer' },
  ),
)
export type SaveOutcome = Static<typeof SaveOutcome>

/** Why a next call is at its time, each with the figures of its code; see `Because` of the ladder. */
const Reasons = Type.Array(
  Type.Object({ code: oneOf(becauseCodes), params: Type.Record(Type.String(), Type.Unknown()) }),
)

export const SavedOutcome = named(
  'SavedOutcome',
  Type.Object({
    /** As it stands now; its phone is hidden again from whoever sees it only with the hand on the customer. */
    order: ref(Order),
    nextAttemptAt: nullable(Instant),
    /** Why then; empty when a person chose the time, or there is none. */
    because: Reasons,
    /** Why the outcome changed nothing and was kept for somebody to look at; null when it was applied. */
    setAside: nullable(oneOf(setAsides)),
    /** The next call, claimed in the same request; null when there is none or none was wanted. */
    next: nullable(ref(Call)),
  }),
)
export type SavedOutcome = Static<typeof SavedOutcome>

/** One try to reach a buyer, and what came of it. */
export const CallAttempt = named(
  'CallAttempt',
  Type.Object({
    id: Uuid,
    orderId: Uuid,
    memberName: nullable(Type.String()),
    outcome: oneOf(outcomes),
    at: Instant,
    durationSeconds: nullable(Type.Integer()),
    nextAttemptAt: nullable(Instant),
    because: Reasons,
    /** Why it changed nothing; null when it did. */
    setAside: nullable(oneOf(setAsides)),
  }),
)
export const CallAttemptPage = page('CallAttemptPage', ref(CallAttempt))

/** Hours of the day in Africa/Casablanca, the second excluded. */
const HoursOfDay = Type.Object({ from: Whole, to: Whole })

/** What the holder sees of the customer, whatever the rows that their role sees. */
export const CallContext = named(
  'CallContext',
  Type.Object({
    customer: Type.Object({
      id: Uuid,
      name: Type.String(),
      phone: nullable(Type.String({ 'x-mask': 'phone' })),
      phoneMasked: Type.Boolean({ 'x-mask': 'phone' }),
      since: Instant,
      orderCount: Type.Integer(),
      deliveredCount: Type.Integer(),
      /** Refused at the door, and what came back for any other reason. */
      refusedCount: Type.Integer(),
      returnedCount: Type.Integer(),
    }),
    /** What holds the order up, where a block of its customer does; whoever talks to them decides. */
    block: nullable(ref(CustomerBlock)),
    /** Other orders of theirs, newest first, at most twenty. */
    otherOrders: Type.Array(ref(OrderSummary)),
    /** What was tried before, newest first, at most twenty. */
    attempts: Type.Array(ref(CallAttempt)),
    /** What the carriers take for the order's city, where they told us. */
    carriers: Type.Array(
      Type.Object({
        accountId: Uuid,
        name: Type.String(),
        /** Whether it goes to that city; null while the carrier has named no place. */
        covers: nullable(Type.Boolean()),
        deliveredFeeCentimes: nullable(Type.Integer()),
        refusedFeeCentimes: nullable(Type.Integer()),
        returnedFeeCentimes: nullable(Type.Integer()),
        /** How long it says it usually needs, in its own words. */
        delay: nullable(Type.String()),
      }),
    ),
    /** How far the reader may move a price, in percent; null for no limit. */
    pricePercent: nullable(Whole),
    /** When this customer answers most; null while too few of their calls were answered. */
    answersBetween: nullable(HoursOfDay),
    /** When the order would be called again after each outcome that is retried; null where it would be given up. */
    nextTries: Type.Array(Type.Object({ outcome: oneOf(retriedOutcomes), at: nullable(Instant), because: Reasons })),
    /** The questions to be asked before the order may be confirmed. */
    questions: Type.Array(oneOf(callQuestions)),
    ask: nullable(Ask),
  }),
)
export type CallContext = Static<typeof CallContext>

export const CallTask = Type.Object({
  orderId: Uuid,
  number: Type.Integer(),
  customerName: Type.String(),
  city: nullable(Type.Object({ id: Type.String(), name: Type.String() })),
  codAmountCentimes: nullable(SignedCentimes),
  kind: oneOf(callKinds),
  lacks: Lacks,
  dueAt: Instant,
  attemptCount: Type.Integer(),
  /** How likely the parcel is to come back; null while too little is known. */
  riskLevel: nullable(oneOf(riskLevels)),
  duplicateCount: Type.Integer(),
  holder: nullable(Holder),
})

export const CallFigures = Type.Object({
  /** Tries to reach a buyer, those that reached one, and orders confirmed. */
  attemptCount: Type.Integer(),
  reachedCount: Type.Integer(),
  confirmedCount: Type.Integer(),
})

export const CallPause = Type.Object({ reason: oneOf(pauseReasons), since: Instant })

export const CallQueue = named(
  'CallQueue',
  Type.Object({
    /** Whether calls may be offered now, and when they may again. */
    open: Type.Boolean(),
    opensAt: nullable(Instant),
    /** The same on the wall in Morocco, whatever clocks the reader's device knows of. */
    opensOn: nullable(Type.Object({ day: Day, hour: Whole, minute: Whole })),
    counts: Type.Array(Type.Object({ kind: oneOf(callKinds), count: Type.Integer(), capped: Type.Boolean() })),
    overdueCount: Type.Integer(),
    items: Type.Array(CallTask),
    lease: nullable(ref(CallLease)),
    pause: nullable(CallPause),
    /** Whether the digits give the outcomes, as the merchant chose. */
    digitKeys: Type.Boolean(),
    /** Seconds that pass before the next call is shown. */
    wrapUpSeconds: Whole,
    today: CallFigures,
  }),
)
export type CallQueue = Static<typeof CallQueue>

export const PauseCalls = named('PauseCalls', closed({ reason: nullable(oneOf(pauseReasons)) }))
export type PauseCalls = Static<typeof PauseCalls>

export const CallbackQuery = closed({ text: Line(80) })

/** What the words of a buyer mean as an instant: a proposal to which a person agrees, a question, or nothing. */
export const CallbackTime = named(
  'CallbackTime',
  Type.Object({
    /** The proposed time; null while it is asked or nothing was understood. */
    at: nullable(Instant),
    /** Why the proposed time is not quite the one that was said; null when it is. */
    movedBecause: nullable(oneOf(['past', ...closedReasons] as const)),
    /** The times between which the words leave the choice. */
    choices: Type.Array(Instant),
  }),
)
export type CallbackTime = Static<typeof CallbackTime>

export const CallFloor = named(
  'CallFloor',
  Type.Object({
    open: Type.Boolean(),
    members: Type.Array(
      Type.Object({
        id: Uuid,
        name: Type.String(),
        lease: nullable(ref(CallLease)),
        orderNumber: nullable(Type.Integer()),
        customerName: nullable(Type.String()),
        pause: nullable(CallPause),
        lastAttemptAt: nullable(Instant),
        today: CallFigures,
        /** Orders that only they are given. */
        assignedCount: Type.Integer(),
      }),
    ),
    counts: Type.Array(Type.Object({ kind: oneOf(callKinds), count: Type.Integer(), capped: Type.Boolean() })),
    overdueCount: Type.Integer(),
    /** Since when the one that waits longest has been due. */
    oldestDueAt: nullable(Instant),
    /** Of today, by hour in Africa/Casablanca. */
    hours: Type.Array(
      Type.Object({
        hour: Whole,
        attemptCount: Type.Integer(),
        reachedCount: Type.Integer(),
        confirmedCount: Type.Integer(),
      }),
    ),
    /** Orders of the last seven days that were shipped although a twin was shipped too. */
    duplicatesShippedCount: Type.Integer(),
  }),
)
export type CallFloor = Static<typeof CallFloor>
