import type { Language } from '@sendocki/domain/language'

/** The words on papers. Those of options are read by couriers in haste: short, and what to do, not what it is called. */
export interface PaperWords {
  /** What stands between a caption and its text, and between the parts of a list. */
  readonly colon: string
  readonly comma: string
  readonly order: string
  readonly reference: string
  readonly date: string
  readonly toCollect: string
  readonly paid: string
  readonly contents: string
  readonly note: string
  readonly receiver: string
  readonly tracking: string
  readonly options: {
    readonly mayOpen: string
    readonly mayNotOpen: string
    readonly mayTry: string
    readonly mayNotTry: string
    readonly fragile: string
    readonly exchange: string
    readonly agency: string
    readonly notBefore: string
  }
  readonly slip: {
    readonly title: string
    readonly sku: string
    readonly product: string
    readonly quantity: string
    readonly unitPrice: string
    readonly total: string
    readonly shipping: string
    readonly discount: string
    readonly adjustment: string
    readonly deposit: string
  }
  readonly picking: {
    readonly title: string
    readonly orders: string
    readonly articles: string
    readonly pieces: string
    readonly noSku: string
    readonly page: string
  }
}

export const paperWords: Record<Language, PaperWords> = {
  fr: {
    colon: '\u00a0: ',
    comma: ', ',
    order: 'Commande',
    reference: 'Réf.',
    date: 'Date',
    toCollect: 'À encaisser',
    paid: 'Rien à encaisser',
    contents: 'Contenu',
    note: 'Remarque',
    receiver: 'Destinataire',
    tracking: 'Suivi',
    options: {
      mayOpen: 'Ouverture autorisée',
      mayNotOpen: 'Ne pas ouvrir',
      mayTry: 'Essai autorisé',
      mayNotTry: 'Pas d’essai',
      fragile: 'Fragile',
      exchange: 'Échange : reprendre la commande',
      agency: 'Livraison en agence',
      notBefore: 'Pas avant le',
    },
    slip: {
      title: 'Bordereau d’expédition',
      sku: 'SKU',
      product: 'Article',
      quantity: 'Qté',
      unitPrice: 'Prix',
      total: 'Total',
      shipping: 'Livraison',
      discount: 'Remise',
      adjustment: 'Ajustement',
      deposit: 'Acompte versé',
    },
    picking: {
      title: 'Liste de préparation',
      orders: 'Commandes',
      articles: 'Articles',
      pieces: 'Pièces',
      noSku: 'sans SKU',
      page: 'Page',
    },
  },
  en: {
    colon: ': ',
    comma: ', ',
    order: 'Order',
    reference: 'Ref.',
    date: 'Date',
    toCollect: 'To collect',
    paid: 'Nothing to collect',
    contents: 'Contents',
    note: 'Note',
    receiver: 'Deliver to',
    tracking: 'Tracking',
    options: {
      mayOpen: 'May be opened',
      mayNotOpen: 'Do not open',
      mayTry: 'May be tried',
      mayNotTry: 'No trying',
      fragile: 'Fragile',
      exchange: 'Exchange: take back order',
      agency: 'Delivery at an agency',
      notBefore: 'Not before',
    },
    slip: {
      title: 'Packing slip',
      sku: 'SKU',
      product: 'Item',
      quantity: 'Qty',
      unitPrice: 'Price',
      total: 'Total',
      shipping: 'Shipping',
      discount: 'Discount',
      adjustment: 'Adjustment',
      deposit: 'Deposit paid',
    },
    picking: {
      title: 'Picking list',
      orders: 'Orders',
      articles: 'Items',
      pieces: 'Pieces',
      noSku: 'no SKU',
      page: 'Page',
    },
  },
  ar: {
    colon: ': ',
    comma: '، ',
    order: 'الطلب',
    reference: 'المرجع',
    date: 'التاريخ',
    toCollect: 'المبلغ الواجب تحصيله',
    paid: 'لا شيء للتحصيل',
    contents: 'المحتوى',
    note: 'ملاحظة',
    receiver: 'المرسل إليه',
    tracking: 'رقم التتبع',
    options: {
      mayOpen: 'الفتح مسموح',
      mayNotOpen: 'الفتح ممنوع',
      mayTry: 'التجربة مسموحة',
      mayNotTry: 'التجربة ممنوعة',
      fragile: 'قابل للكسر',
      exchange: 'استبدال: استرجاع الطلب',
      agency: 'التسليم في الوكالة',
      notBefore: 'ليس قبل',
    },
    slip: {
      title: 'قسيمة الإرسال',
      sku: 'SKU',
      product: 'المنتج',
      quantity: 'الكمية',
      unitPrice: 'الثمن',
      total: 'المجموع',
      shipping: 'التوصيل',
      discount: 'التخفيض',
      adjustment: 'تسوية',
      deposit: 'تسبيق مدفوع',
    },
    picking: {
      title: 'قائمة التحضير',
      orders: 'الطلبات',
      articles: 'المنتجات',
      pieces: 'القطع',
      noSku: 'بدون SKU',
      page: 'صفحة',
    },
  },
}
