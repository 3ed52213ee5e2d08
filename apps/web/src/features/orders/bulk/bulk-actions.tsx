import { Menu, Popover, TextInput } from '@mantine/core'
import type { Pipeline } from '@sendocki/domain/orders/pipeline-schema'
import { IconArrowsExchange, IconPackage, IconTag, IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../../lib/i18n.ts'
import { useShortcuts } from '../../../lib/shortcuts.ts'
import { Button } from '../../../ui/button.tsx'
import { DigitMenu } from '../../../ui/digit-menu.tsx'
import { StageName } from '../../../ui/states.tsx'
import { activeStages, reasonsFor } from '../moves.ts'
import { carrierAccountsQuery, membersQuery, pipelineQuery } from '../orders.api.ts'
import { nameOf } from '../words.tsx'
import type { BulkWish } from './bulk.api.ts'
import classes from './bulk.module.css'

interface ActionProps {
  readonly onWish: (wish: BulkWish) => void
}

/** `M`, a digit for the stage, a digit for the reason where one is due. */
export const MoveAction = ({ onWish }: ActionProps) => {
  const { t } = useTranslation('orders')
  const { data } = useQuery(pipelineQuery)
  const [opened, setOpened] = useState(false)
  const [stageId, setStageId] = useState<string | null>(null)
  const pipeline: Pipeline = data ?? { version: 1, stages: [], reasons: [] }
  const stages = activeStages(pipeline)
  const asked = stages.find(({ id }) => id === stageId)
  const reasons = asked ? reasonsFor(pipeline, asked) : []
  const open = (next: boolean): void => {
    setOpened(next)
    if (next) setStageId(null)
  }
  useShortcuts([{ keys: 'm', label: t('bulk.action.move'), run: () => open(true) }])
  const choose = (id: string): void => {
    const stage = stages.find((one) => one.id === id)
    if (asked) onWish({ action: 'move', params: { stageId: asked.id, reasonId: id } })
    else if (stage && stage.requires.includes('reason') && reasonsFor(pipeline, stage).length > 0) {
      setStageId(id)
      setOpened(true)
    } else onWish({ action: 'move', params: { stageId: id } })
  }
  const items = asked
    ? reasons.map((reason) => ({ id: reason.id, label: reason.name[currentLanguage()] || reason.name.fr }))
    : stages.map((stage) => ({
        id: stage.id,
        label: <StageName name={nameOf(stage)} state={stage.state} colour={stage.colour} />,
      }))
  return (
    <DigitMenu
      key={stageId ?? 'stage'}
      label={asked ? t('move.why', { stage: nameOf(asked) }) : t('move.whereTo')}
      items={items}
      onChoose={choose}
      opened={opened}
      onOpenedChange={open}
    >
      <Button keyHint="m" icon={<IconArrowsExchange size={16} stroke={1.75} aria-hidden />}>
        {t('bulk.action.move')}
      </Button>
    </DigitMenu>
  )
}

/** `A`: to a member, to me, or to nobody. */
export const AssignAction = ({ onWish, me }: ActionProps & { readonly me: string | null }) => {
  const { t } = useTranslation('orders')
  const [opened, setOpened] = useState(false)
  const { data } = useQuery(membersQuery)
  useShortcuts([{ keys: 'a', label: t('bulk.action.assign'), run: () => setOpened(true) }])
  const give = (memberId: string | null): void => onWish({ action: 'assign', params: { memberId } })
  return (
    <Menu opened={opened} onChange={setOpened} position="top-start" trapFocus returnFocus>
      <Menu.Target>
        <Button keyHint="a" icon={<IconUserPlus size={16} stroke={1.75} aria-hidden />}>
          {t('bulk.action.assign')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {me !== null && <Menu.Item onClick={() => give(me)}>{t('filter.me')}</Menu.Item>}
        <Menu.Item onClick={() => give(null)}>{t('filter.nobody')}</Menu.Item>
        {(data?.items ?? [])
          .filter(({ id }) => id !== me)
          .map(({ id, fullName }) => (
            <Menu.Item key={id} onClick={() => give(id)}>
              {fullName}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const tagsIn = (text: string): string[] => [...new Set(text.split(',').map((one) => one.trim()))].filter(Boolean)

/** `T`: tags to add and tags to take off, by commas. */
export const TagAction = ({ onWish }: ActionProps) => {
  const { t } = useTranslation('orders')
  const [opened, setOpened] = useState(false)
  const [add, setAdd] = useState('')
  const [remove, setRemove] = useState('')
  useShortcuts([{ keys: 't', label: t('bulk.action.tag'), run: () => setOpened(true) }])
  const params = { add: tagsIn(add), remove: tagsIn(remove) }
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          keyHint="t"
          icon={<IconTag size={16} stroke={1.75} aria-hidden />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {t('bulk.action.tag')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={classes.tagForm}
          onSubmit={(event) => {
            event.preventDefault()
            setOpened(false)
            onWish({ action: 'tag', params })
          }}
        >
          <TextInput
            size="sm"
            label={t('bulk.tagsAdd')}
            description={t('sentence.byCommas')}
            value={add}
            maxLength={200}
            data-autofocus
            onChange={({ currentTarget }) => setAdd(currentTarget.value)}
          />
          <TextInput
            size="sm"
            label={t('bulk.tagsRemove')}
            value={remove}
            maxLength={200}
            onChange={({ currentTarget }) => setRemove(currentTarget.value)}
          />
          <Button type="submit" variant="filled" disabled={params.add.length + params.remove.length === 0}>
            {t('bulk.look')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

/** `P`: parcels with the only carrier at once, with one of several by a menu. */
export const ShipAction = ({ onWish }: ActionProps) => {
  const { t } = useTranslation('orders')
  const [opened, setOpened] = useState(false)
  const { data } = useQuery(carrierAccountsQuery)
  const accounts = (data?.items ?? []).filter(({ status }) => status === 'connected')
  const off = accounts.length === 0
  const ship = (carrierAccountId: string): void => onWish({ action: 'ship', params: { carrierAccountId } })
  const press = (): void => {
    const [only, ...others] = accounts
    if (only && others.length === 0) ship(only.id)
    else if (only) setOpened(true)
  }
  useShortcuts([{ keys: 'p', label: t('ship.create'), run: press }], { on: !off })
  return (
    <Menu opened={opened} onChange={setOpened} position="top-start">
      <Menu.Target>
        <Button
          keyHint="p"
          icon={<IconPackage size={16} stroke={1.75} aria-hidden />}
          disabled={off}
          title={data && off ? t('ship.noCarrier') : undefined}
          onClick={press}
        >
          {t('bulk.action.ship')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('ship.with')}</Menu.Label>
        {accounts.map(({ id, name }) => (
          <Menu.Item key={id} onClick={() => ship(id)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
