import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { PastStage, Pipeline, Stage } from '@sendocki/domain/orders/pipeline-schema'
import { IconGripVertical } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Count } from '../../ui/numbers.tsx'
import { StageGlyph } from '../../ui/states.tsx'
import { moved } from './draft.ts'
import { countsQuery } from './pipeline.api.ts'
import shared from './pipeline.module.css'
import classes from './stage-list.module.css'
import { nameOf, useWords } from './use-words.ts'

interface StageListProps {
  readonly pipeline: Pipeline
  readonly chosenId: string | null
  readonly onChoose: (id: string) => void
  readonly onReorder: (stageIds: readonly string[]) => void
}

/** A stage taken by its handle, and the order that would be kept if it were put down now. */
interface Lifted {
  readonly id: string
  readonly order: readonly string[]
}

const inRow = (stages: readonly Stage[], order: readonly string[]): Stage[] =>
  order.flatMap((id) => stages.find((stage) => stage.id === id) ?? [])

/** The stages in their order. A handle moves one: by pointer, or with Space and the arrows. */
export const StageList = ({ pipeline, chosenId, onChoose, onReorder }: StageListProps) => {
  const { t } = useTranslation('pipeline')
  const { data: board } = useQuery(countsQuery)
  const [lifted, setLifted] = useState<Lifted | null>(null)
  const [spoken, setSpoken] = useState('')
  const order = pipeline.stages.map(({ id }) => id)
  const stages = inRow(pipeline.stages, lifted?.order ?? order)
  const say = (key: 'lifted' | 'dropped', id: string, at: readonly string[]): void => {
    const stage = pipeline.stages.find((one) => one.id === id)
    if (stage) setSpoken(t(`list.${key}`, { stage: nameOf(stage), place: at.indexOf(id) + 1, count: at.length }))
  }
  const keep = (id: string, next: readonly string[]): void => {
    setLifted(null)
    say('dropped', id, next)
    if (next.join() !== order.join()) onReorder(next)
  }
  const onKey = (event: KeyboardEvent, stage: Stage): void => {
    const { key } = event
    if (key === ' ' || key === 'Enter') {
      event.preventDefault()
      if (lifted) return keep(lifted.id, lifted.order)
      setLifted({ id: stage.id, order })
      return say('lifted', stage.id, order)
    }
    if (lifted?.id !== stage.id) return
    if (key === 'Escape') {
      event.stopPropagation()
      setLifted(null)
      return setSpoken(t('list.back', { stage: nameOf(stage) }))
    }
    if (key !== 'ArrowUp' && key !== 'ArrowDown') return
    event.preventDefault()
    const from = lifted.order.indexOf(stage.id)
    const to = Math.min(Math.max(from + (key === 'ArrowUp' ? -1 : 1), 0), lifted.order.length - 1)
    const next = moved(lifted.order, from, to)
    setLifted({ id: stage.id, order: next })
    say('lifted', stage.id, next)
  }
  return (
    <nav className={shared.list} aria-label={t('stages')}>
      <ol>
        {stages.map((stage) => (
          <StageRow
            key={stage.id}
            stage={stage}
            count={board?.columns.find(({ stageId }) => stageId === stage.id)}
            chosen={stage.id === chosenId}
            lifted={lifted?.id === stage.id}
            onChoose={() => onChoose(stage.id)}
            onKey={(event) => onKey(event, stage)}
            onLeave={() => lifted && keep(lifted.id, lifted.order)}
            onDropOn={(id) => keep(id, moved(order, order.indexOf(id), order.indexOf(stage.id)))}
          />
        ))}
        {pipeline.pastStages
          ?.filter(({ leaving }) => leaving)
          .map((stage) => (
            <LeavingRow key={stage.id} stage={stage} />
          ))}
      </ol>
      <p className={shared.listHint}>{t('hint')}</p>
      <p className="visually-hidden" id="stage-keys">
        {t('list.keys')}
      </p>
      <p className="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </nav>
  )
}

interface StageRowProps {
  readonly stage: Stage
  readonly count: { readonly count: number; readonly capped: boolean } | undefined
  readonly chosen: boolean
  readonly lifted: boolean
  readonly onChoose: () => void
  readonly onKey: (event: KeyboardEvent) => void
  readonly onLeave: () => void
  readonly onDropOn: (id: string) => void
}

const StageRow = ({ stage, count, chosen, lifted, onChoose, onKey, onLeave, onDropOn }: StageRowProps) => {
  const { t } = useTranslation('pipeline')
  const words = useWords()
  const { row, handle, target } = useDrag(stage.id, onDropOn)
  const name = nameOf(stage)
  return (
    <li
      ref={row}
      className={classes.row}
      data-chosen={chosen || undefined}
      data-lifted={lifted || undefined}
      data-target={target || undefined}
    >
      <button
        ref={handle}
        type="button"
        className={classes.handle}
        aria-label={t('list.drag', { stage: name })}
        aria-pressed={lifted}
        aria-describedby="stage-keys"
        onKeyDown={onKey}
        onBlur={onLeave}
      >
        <IconGripVertical size={16} stroke={1.75} aria-hidden />
      </button>
      <button type="button" className={classes.rowFace} aria-current={chosen ? 'true' : undefined} onClick={onChoose}>
        <StageGlyph name={name} state={stage.state} colour={stage.colour} silent />
        <span className={classes.rowWords}>
          <strong>
            <bdi>{name}</bdi>
          </strong>
          <span>{stage.active ? words.countsAs(stage.state) : t('hidden')}</span>
        </span>
        {count && <Count {...count} />}
      </button>
    </li>
  )
}

const LeavingRow = ({ stage }: { stage: PastStage }) => {
  const { t } = useTranslation('pipeline')
  return (
    <li className={classes.row} data-leaving>
      <span className={classes.handle} />
      <span className={classes.rowFace}>
        <StageGlyph name={nameOf(stage)} state={stage.state} colour={stage.colour} silent />
        <span className={classes.rowWords}>
          <strong>
            <bdi>{nameOf(stage)}</bdi>
          </strong>
          <span>{t('leaving')}</span>
        </span>
      </span>
    </li>
  )
}

/** The row is taken by its handle and put on another row. */
const useDrag = (id: string, onDropOn: (id: string) => void) => {
  const row = useRef<HTMLLIElement>(null)
  const handle = useRef<HTMLButtonElement>(null)
  const [target, setTarget] = useState(false)
  const newest = useRef(onDropOn)
  useEffect(() => {
    newest.current = onDropOn
  })
  useEffect(() => {
    const [element, dragHandle] = [row.current, handle.current]
    if (!element || !dragHandle) return
    const stops = [
      draggable({ element, dragHandle, getInitialData: () => ({ pipelineStage: id }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => typeof source.data['pipelineStage'] === 'string',
        onDragEnter: ({ source }) => setTarget(source.data['pipelineStage'] !== id),
        onDragLeave: () => setTarget(false),
        onDrop: ({ source }) => {
          setTarget(false)
          const from = source.data['pipelineStage']
          if (typeof from === 'string' && from !== id) newest.current(from)
        },
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [id])
  return { row, handle, target }
}
