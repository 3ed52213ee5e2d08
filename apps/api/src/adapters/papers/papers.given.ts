import type { LabelContent, PickingContent, SlipContent } from '@sendocki/domain/papers/content'

/** Papers as they are met: both scripts on one line, brackets, phones inside a sentence. */
export const givenLabel = (change: Partial<LabelContent> = {}): LabelContent => ({
  kind: 'label',
  sender: { merchant: 'Maison Zellige', store: 'Boutique عمر' },
  carrier: 'Sendit',
  code: 'DH0A1B2C3D4',
  reference: '10421-9F2K',
  orderNumbers: [10421],
  day: '2026-11-27',
  receiver: {
    name: 'سعاد حاتم (Souad)',
    phones: ['+212612345678', '+212522334455'],
    address: ['12 rue des Orangers, imm. 4', 'حي النور رقم 45'],
    city: { fr: 'Casablanca', ar: 'الدار البيضاء' },
  },
  amountCentimes: 134_900,
  products: [
    { name: 'Caftan vert, taille M', quantity: 2 },
    { name: 'قفطان (M)', quantity: 1 },
  ],
  options: {
    allowOpen: true,
    allowTry: false,
    fragile: true,
    deliverTo: 'agency',
    exchangeOf: 10398,
    notBefore: '2026-11-30',
  },
  note: 'Appeler avant 18 h, puis 06 12 34 56 78 🙏 شكرا',
  ...change,
})

export const givenSlip = (change: Partial<SlipContent> = {}): SlipContent => {
  const { sender, orderNumbers, day, receiver, options, note } = givenLabel()
  return {
    kind: 'slip',
    sender,
    orderNumbers,
    day,
    trackingNumber: 'DH0A1B2C3D4',
    receiver,
    lines: [
      { sku: 'CAF-M', name: 'Caftan vert, taille M', quantity: 2, unitPriceCentimes: 60_000, totalCentimes: 120_000 },
      { sku: null, name: 'قفطان (M)', quantity: 1, unitPriceCentimes: 14_900, totalCentimes: 14_900 },
    ],
    shippingFeeCentimes: 3_000,
    discountCentimes: 3_000,
    adjustmentCentimes: 0,
    depositCentimes: 0,
    totalCentimes: 134_900,
    amountCentimes: 134_900,
    options,
    note,
    ...change,
  }
}

export const givenPicking = (change: Partial<PickingContent> = {}): PickingContent => ({
  kind: 'picking',
  merchant: 'Maison Zellige',
  day: '2026-11-27',
  orderCount: 2,
  rows: [
    { sku: 'CAF-M', name: 'Caftan vert, taille M', quantity: 3, orderNumbers: [1, 12] },
    { sku: null, name: 'قفطان (M)', quantity: 4, orderNumbers: [12] },
  ],
  ...change,
})
