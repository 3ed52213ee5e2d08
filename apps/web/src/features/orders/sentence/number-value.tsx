import { NumberInput } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ValueProps } from './term-editor.tsx'

/** A number, an amount in dirhams or a count of days. It takes the focus when it appears: it may come after its popover. */
export const NumberValue = ({ term, onTerm }: ValueProps) => {
  const { t } = useTranslation('orders')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const money = term.field === 'totalCentimes'
  const days = term.op === 'lastDays' || term.op === 'olderThanDays'
  const value = term.values?.[0]
  return (
    <NumberInput
      ref={field}
      size="sm"
      label={t(money ? 'sentence.dirhams' : days ? 'sentence.days' : 'sentence.value')}
      value={typeof value === 'number' ? (money ? value / 100 : value) : ''}
      min={days ? 1 : 0}
      max={days ? 3_650 : 999_999_999}
      decimalScale={money ? 2 : 0}
      hideControls
      data-autofocus
      onChange={(next) =>
        onTerm({ ...term, values: typeof next === 'number' ? [money ? Math.round(next * 100) : Math.round(next)] : [] })
      }
    />
  )
}
