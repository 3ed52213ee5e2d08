import type { RequirableField, StageColour } from './pipeline-schema.ts'
import type { OrderState, ReasonState } from './states.ts'

/** A pipeline to start from. Stages refer to one another by key; the merchant's own ids come when it is saved. */
export interface PipelineTemplate {
  readonly stages: readonly TemplateStage[]
  readonly reasons: readonly TemplateReason[]
}
export interface TemplateStage {
  readonly key: string
  readonly name: { readonly fr: string; readonly en: string; readonly ar: string }
  readonly colour: StageColour
  readonly state: OrderState | null
  readonly terminal: boolean
  readonly next: readonly string[]
  readonly requires: readonly RequirableField[]
  /** In working minutes; a working day has twelve hours. */
  readonly ageLimitMinutes: number | null
}
export interface TemplateReason {
  readonly key: string
  readonly state: ReasonState
  readonly name: { readonly fr: string; readonly en: string; readonly ar: string }
}

const workingDay = 12 * 60

/** The default template, "COD business". Names, states and colours: product.md 3. */
export const codTemplate: PipelineTemplate = {
  stages: [
    {
      key: 'new',
      name: { fr: 'Nouvelle', en: 'New', ar: 'جديدة' },
      colour: 'green',
      state: 'new',
      terminal: false,
      next: ['unreachable', 'to_confirm', 'confirmed', 'cancelled'],
      requires: [],
      ageLimitMinutes: 120,
    },
    {
      key: 'unreachable',
      name: { fr: 'Injoignable', en: 'Unreachable', ar: 'لا يرد' },
      colour: 'orange',
      state: 'unreachable',
      terminal: false,
      next: ['new', 'to_confirm', 'confirmed', 'cancelled'],
      requires: [],
      ageLimitMinutes: 2 * workingDay,
    },
    {
      key: 'to_confirm',
      name: { fr: 'À confirmer par appel', en: 'To confirm by call', ar: 'للتأكيد هاتفيا' },
      colour: 'yellow',
      state: 'to_confirm',
      terminal: false,
      next: ['unreachable', 'confirmed', 'cancelled'],
      requires: [],
      ageLimitMinutes: workingDay,
    },
    {
      key: 'confirmed',
      name: { fr: 'Confirmée', en: 'Confirmed', ar: 'مؤكدة' },
      colour: 'blue',
      state: 'confirmed',
      terminal: false,
      next: ['to_confirm', 'preparation', 'shipped', 'cancelled'],
      requires: ['phone', 'city', 'amount'],
      ageLimitMinutes: 2 * workingDay,
    },
    {
      key: 'preparation',
      name: { fr: 'Préparation', en: 'Preparation', ar: 'قيد التحضير' },
      colour: 'orange',
      state: null,
      terminal: false,
      next: ['confirmed', 'shipped', 'cancelled'],
      requires: [],
      ageLimitMinutes: workingDay,
    },
    {
      key: 'shipped',
      name: { fr: 'Expédiée', en: 'Shipped', ar: 'قيد الشحن' },
      colour: 'purple',
      state: 'shipped',
      terminal: false,
      next: ['delivered', 'delivery_failed', 'returned'],
      requires: ['phone', 'city', 'amount'],
      ageLimitMinutes: 6 * workingDay,
    },
    {
      key: 'delivered',
      name: { fr: 'Livrée', en: 'Delivered', ar: 'تم التسليم' },
      colour: 'green',
      state: 'delivered',
      terminal: true,
      next: ['returned'],
      requires: [],
      ageLimitMinutes: null,
    },
    {
      key: 'delivery_failed',
      name: { fr: 'Échec de livraison', en: 'Delivery failure', ar: 'تعذر التسليم' },
      colour: 'red',
      state: 'delivery_failed',
      terminal: false,
      next: ['confirmed', 'shipped', 'delivered', 'returned', 'cancelled'],
      requires: ['reason'],
      ageLimitMinutes: 2 * workingDay,
    },
    {
      key: 'returned',
      name: { fr: 'Retournée', en: 'Returned', ar: 'مرتجعة' },
      colour: 'red',
      state: 'returned',
      terminal: true,
      next: [],
      requires: [],
      ageLimitMinutes: null,
    },
    {
      key: 'cancelled',
      name: { fr: 'Annulée', en: 'Cancelled', ar: 'ملغاة' },
      colour: 'grey',
      state: 'cancelled',
      terminal: true,
      next: ['new', 'to_confirm', 'confirmed'],
      requires: ['reason'],
      ageLimitMinutes: null,
    },
  ],
  reasons: [
    {
      key: 'changed_mind',
      state: 'cancelled',
      name: { fr: 'Client a changé d’avis', en: 'Changed their mind', ar: 'غيّر الزبون رأيه' },
    },
    { key: 'too_expensive', state: 'cancelled', name: { fr: 'Trop cher', en: 'Too expensive', ar: 'الثمن مرتفع' } },
    { key: 'wrong_number', state: 'cancelled', name: { fr: 'Faux numéro', en: 'Wrong number', ar: 'رقم خاطئ' } },
    {
      key: 'never_ordered',
      state: 'cancelled',
      name: { fr: 'N’a pas commandé', en: 'Did not order', ar: 'لم يطلب شيئا' },
    },
    { key: 'duplicate', state: 'cancelled', name: { fr: 'Doublon', en: 'Duplicate', ar: 'طلب مكرر' } },
    {
      key: 'out_of_stock',
      state: 'cancelled',
      name: { fr: 'Rupture de stock', en: 'Out of stock', ar: 'نفاد المخزون' },
    },
    {
      key: 'not_served',
      state: 'cancelled',
      name: { fr: 'Ville non desservie', en: 'City not served', ar: 'مدينة غير مغطاة' },
    },
    {
      key: 'shop_cancelled',
      state: 'cancelled',
      name: { fr: 'Annulée par la boutique', en: 'Cancelled by the shop', ar: 'ألغاها المتجر' },
    },
    {
      key: 'other',
      state: 'cancelled',
      name: { fr: 'Autre, à écrire', en: 'Other, to be written', ar: 'سبب آخر يُكتب' },
    },
    { key: 'refused', state: 'delivery_failed', name: { fr: 'Refusée', en: 'Refused', ar: 'رفض الاستلام' } },
    { key: 'no_answer', state: 'delivery_failed', name: { fr: 'Ne répond pas', en: 'No answer', ar: 'لا يجيب' } },
    { key: 'absent', state: 'delivery_failed', name: { fr: 'Client absent', en: 'Away', ar: 'الزبون غائب' } },
    {
      key: 'wrong_address',
      state: 'delivery_failed',
      name: { fr: 'Adresse incorrecte', en: 'Wrong address', ar: 'عنوان خاطئ' },
    },
    {
      key: 'no_cash',
      state: 'delivery_failed',
      name: { fr: 'N’a pas l’argent', en: 'No cash at hand', ar: 'لا يتوفر على المبلغ' },
    },
    { key: 'lost', state: 'delivery_failed', name: { fr: 'Colis perdu', en: 'Parcel lost', ar: 'طرد مفقود' } },
    {
      key: 'other',
      state: 'delivery_failed',
      name: { fr: 'Autre, à écrire', en: 'Other, to be written', ar: 'سبب آخر يُكتب' },
    },
    {
      key: 'never_delivered',
      state: 'returned',
      name: { fr: 'Jamais livrée', en: 'Never delivered', ar: 'لم تُسلّم' },
    },
    {
      key: 'sent_back',
      state: 'returned',
      name: { fr: 'Rendue par le client', en: 'Sent back by the customer', ar: 'أعادها الزبون' },
    },
    {
      key: 'other',
      state: 'returned',
      name: { fr: 'Autre, à écrire', en: 'Other, to be written', ar: 'سبب آخر يُكتب' },
    },
  ],
}
