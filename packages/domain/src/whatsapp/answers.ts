import { foldText } from '../customers/names.ts'

/** What a free text seems to say; a person confirms it. Source: product.md 7. */
export const proposals = ['yes', 'no'] as const
export type Proposal = (typeof proposals)[number]

/**
 * Whole answers only, folded (no accents, no case, Arabic letters in one form): a sentence that holds "oui" says more
 * than oui.
 */
const said: Readonly<Record<Proposal, readonly string[]>> = {
  yes: [
    ...['oui', 'ok', 'okay', 'daccord', 'd accord', 'yes', 'je confirme', 'confirme', 'confirmer', 'oui je confirme'],
    ...['wakha', 'wakhha', 'wkha', 'waha', 'ah', 'eyeh', 'iyeh', 'safi', 'mzyan', 'oui wakha', 'oui merci'],
    ...['نعم', 'واخا', 'واخه', 'اه', 'ايه', 'اييه', 'صافي', 'مزيان', 'موافق', 'اوكي', 'نعم اؤكد', 'اكد', 'اؤكد'],
  ],
  no: [
    ...['non', 'no', 'nn', 'annuler', 'annule', 'annulez', 'non merci', 'je refuse', 'cancel'],
    ...['la', 'lla', 'laa', 'la chokran', 'la choukran', 'ma bghitch', 'mabghitch', 'ma bghitouch', 'mabghithach'],
    ...['لا', 'لاا', 'لا شكرا', 'ما بغيتش', 'مابغيتش', 'ماباغيش', 'الغاء', 'الغي', 'الغ'],
  ],
}
const proposalOf = new Map(proposals.flatMap((proposal) => said[proposal].map((text) => [foldText(text), proposal])))

const stops = new Set(
  ['stop', 'stopp', 'arret', 'arreter', 'arretez', 'desabonner', 'unsubscribe', 'توقف', 'ستوب', 'قف'].map(foldText),
)

/** Without the signs around it and a letter drawn out (`ouiii`, `لااا`). */
const bare = (text: string): string =>
  foldText(text)
    .replace(/[^\p{L}\p{N} ]/gu, ' ')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .replace(/\s+/g, ' ')
    .trim()

/** What a free text proposes, or null when it says anything else. */
export const proposalIn = (text: string): Proposal | null => {
  const plain = bare(text)
  return plain.length > 40 ? null : ((proposalOf.get(plain) as Proposal | undefined) ?? null)
}

/** Whether the buyer asks for no more messages: the word alone. */
export const asksToStop = (text: string): boolean => stops.has(bare(text))
