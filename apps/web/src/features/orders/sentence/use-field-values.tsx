import { cashStatuses, orderFlags, orderStates, phoneVerdicts, returnStatuses } from '@sendocki/domain/orders/states'
import { parcelStatuses } from '@sendocki/domain/parcels/parcel'
import { riskLevels } from '@sendocki/domain/risk/settings'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../../lib/i18n.ts'
import { placesQuery } from '../../../lib/places.ts'
import { useRiskWords } from '../../../lib/risk.ts'
import { segmentsQuery, useSegmentName } from '../../../lib/segments.ts'
import { StageGlyph } from '../../../ui/states.tsx'
import type { Choice } from '../choice-pill.tsx'
import { carrierAccountsQuery, membersQuery, pipelineQuery, storesQuery } from '../orders.api.ts'
import { useRights } from '../rights.ts'
import { firstCities, matching } from '../toolbar.tsx'
import { nameOf } from '../words.tsx'
import type { OfferedField } from './terms.ts'

interface FieldValues {
  /** What can be chosen for what has been typed; null for a field whose values are typed. */
  readonly choicesFor: ((typed: string) => readonly Choice[]) | null
  readonly nameOf: (value: string) => string
}

/** The values of a field as a person chooses and reads them. */
export const useFieldValues = (field: OfferedField): FieldValues => {
  const { t } = useTranslation('orders')
  const rights = useRights()
  const { data: pipeline } = useQuery({ ...pipelineQuery, enabled: field === 'stageId' })
  const { data: stores } = useQuery({ ...storesQuery, enabled: field === 'storeId' && rights.can('stores.read') })
  const { data: members } = useQuery({
    ...membersQuery,
    enabled: field === 'assigneeId' && rights.can('members.read'),
  })
  const { data: carriers } = useQuery({
    ...carrierAccountsQuery,
    enabled: field === 'carrierAccountId' && rights.can('carriers.read'),
  })
  const { data: segments } = useQuery({ ...segmentsQuery, enabled: field === 'segment' && rights.can('segments.read') })
  const segmentName = useSegmentName()
  const riskWords = useRiskWords()
  const { data: places } = useQuery({ ...placesQuery, enabled: field === 'city' })
  const among = (choices: readonly Choice[]): FieldValues => ({
    choicesFor: (typed) => matching(choices, typed),
    nameOf: (value) => choices.find((choice) => choice.value === value)?.label ?? '…',
  })
  switch (field) {
    case 'stageId':
      return among(
        (pipeline?.stages ?? []).map((stage) => ({
          value: stage.id,
          label: nameOf(stage),
          sign: <StageGlyph name="" state={stage.state} colour={stage.colour} silent />,
        })),
      )
    case 'storeId':
      return among((stores?.items ?? []).map(({ id, name }) => ({ value: id, label: name })))
    case 'carrierAccountId':
      return among((carriers?.items ?? []).map(({ id, name }) => ({ value: id, label: name })))
    case 'assigneeId':
      return among([
        { value: 'me', label: t('filter.me') },
        ...(members?.items ?? []).map(({ id, fullName }) => ({ value: id, label: fullName })),
      ])
    case 'segment':
      return among((segments?.items ?? []).map((segment) => ({ value: segment.id, label: segmentName(segment) })))
    case 'city': {
      const name = (id: string): string => places?.cityById.get(id)?.[currentLanguage()] ?? id
      const asChoice = (id: string): Choice => ({ value: id, label: name(id) })
      return {
        choicesFor: (typed) =>
          typed.trim() === ''
            ? firstCities.map(asChoice)
            : (places?.suggestCities(typed) ?? []).map(({ id }) => asChoice(id)),
        nameOf: name,
      }
    }
    case 'state':
      return among(orderStates.map((value) => ({ value, label: t(`state.${value}`) })))
    case 'cash':
      return among(cashStatuses.map((value) => ({ value, label: t(`cash.${value}`) })))
    case 'parcel':
      return among(parcelStatuses.map((value) => ({ value, label: t(`parcel.${value}`) })))
    case 'return':
      return among(returnStatuses.map((value) => ({ value, label: t(`return.${value}`) })))
    case 'phoneVerdict':
      return among(phoneVerdicts.map((value) => ({ value, label: t(`sentence.verdict.${value}`) })))
    case 'risk':
      return among(riskLevels.map((value) => ({ value, label: riskWords.short(value) })))
    case 'flag':
      return among(orderFlags.map((value) => ({ value, label: t(`flag.${value}`) })))
    case 'createdAt':
    case 'customerName':
    case 'duplicate':
    case 'late':
    case 'number':
    case 'phone':
    case 'placedAt':
    case 'stateSince':
    case 'tag':
    case 'toComplete':
    case 'totalCentimes':
      return { choicesFor: null, nameOf: (value) => value }
  }
}
