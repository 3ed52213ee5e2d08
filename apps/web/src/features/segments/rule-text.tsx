import type { SegmentTerm } from '@sendocki/domain/segments/rules'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../lib/i18n.ts'
import { placesQuery } from '../../lib/places.ts'
import { useFormats } from '../../ui/formats.ts'

/** A rule as a sentence that a merchant reads: "au moins 3 livrées, et dernière commande il y a plus de 60 jours". */
export const useRuleText = (): ((rule: readonly SegmentTerm[]) => string) => {
  const { t } = useTranslation('segments')
  const { money } = useFormats()
  const { data: places } = useQuery(placesQuery)
  const valueOf = ({ field, value }: SegmentTerm): string => {
    if (field === 'city') return places?.cityById.get(String(value))?.[currentLanguage()] ?? String(value)
    if (field === 'deliveredPercent' || field === 'returnedPercent') return `${value}\u00A0${t('unit.percent')}`
    if (field !== 'deliveredCentimes') return String(value)
    const { number, unit } = money(Number(value), 'auto')
    return `${number} ${unit}`
  }
  const termText = (term: SegmentTerm): string =>
    t(`term.${term.op}`, { field: t(`field.${term.field}`), value: valueOf(term) })
  return (rule) => rule.map(termText).join(t('joined'))
}
