import { Autocomplete, Select } from '@mantine/core'
import { wordIn } from '@sendocki/domain/language'
import type { CreateOrder } from '@sendocki/domain/orders/order'
import { mayBeginIn } from '@sendocki/domain/orders/pipeline'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../../lib/i18n.ts'
import { Button } from '../../../ui/button.tsx'
import { activeStages } from '../moves.ts'
import { membersQuery, pipelineQuery } from '../orders.api.ts'
import { useRights } from '../rights.ts'
import classes from './form.module.css'

/** Where a new order begins, how it is paid, whose it is; empty is the usual. */
export interface Start {
  readonly stageId: string
  readonly paymentMethod: string
  readonly assigneeId: string
}
export const startAt = (stageId: string | null): Start => ({
  stageId: stageId ?? '',
  paymentMethod: '',
  assigneeId: '',
})

/** The part of the body of a new order: what was not said is not sent. */
export const startOf = (start: Start): Partial<CreateOrder> =>
  Object.fromEntries(Object.entries(start).flatMap(([name, value]) => (value.trim() ? [[name, value.trim()]] : [])))

const payments = ['onDelivery', 'transfer', 'card'] as const

interface StartFieldsProps {
  readonly value: Start
  readonly onChange: (value: Start) => void
}

/** One line until somebody has something to say, or said it by where they came from. */
export const StartFields = ({ value, onChange }: StartFieldsProps) => {
  const { t } = useTranslation('orders')
  const { can, mover } = useRights()
  const [opened, setOpened] = useState(value.stageId !== '')
  const { data: pipeline } = useQuery(pipelineQuery)
  const { data: members } = useQuery({
    ...membersQuery,
    enabled: opened && can('orders.assign') && can('members.read'),
  })
  if (!opened)
    return (
      <div className={classes.more}>
        <Button variant="quiet" onClick={() => setOpened(true)}>
          {t('start.title')}
        </Button>
      </div>
    )
  const stages = (pipeline ? activeStages(pipeline) : []).filter((stage) => mayBeginIn(stage, mover))
  return (
    <div className={classes.triple}>
      <Select
        size="md"
        label={t('start.stage')}
        placeholder={t('start.usual')}
        clearable
        data={stages.map(({ id, name }) => ({ value: id, label: wordIn(name, currentLanguage()) }))}
        value={value.stageId || null}
        onChange={(stageId) => onChange({ ...value, stageId: stageId ?? '' })}
      />
      <Autocomplete
        size="md"
        label={t('start.payment')}
        dir="auto"
        maxLength={60}
        data={payments.map((payment) => t(`start.${payment}`))}
        value={value.paymentMethod}
        onChange={(paymentMethod) => onChange({ ...value, paymentMethod })}
      />
      {members && (
        <Select
          size="md"
          label={t('start.assignee')}
          placeholder={t('start.nobody')}
          clearable
          data={members.items.map(({ id, fullName }) => ({ value: id, label: fullName }))}
          value={value.assigneeId || null}
          onChange={(assigneeId) => onChange({ ...value, assigneeId: assigneeId ?? '' })}
        />
      )}
    </div>
  )
}
