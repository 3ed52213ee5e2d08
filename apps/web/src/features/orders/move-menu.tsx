import { Textarea } from '@mantine/core'
import { wordIn } from '@sendocki/domain/language'
import type { OrderSummary } from '@sendocki/domain/orders/order'
import type { Pipeline, Reason } from '@sendocki/domain/orders/pipeline-schema'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from '../../lib/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { DigitMenu, type DigitMenuItem } from '../../ui/digit-menu.tsx'
import { StageName } from '../../ui/states.tsx'
import classes from './move-menu.module.css'
import { activeStages, type Mover, planDrop, reasonsFor } from './moves.ts'
import { nameOf, useMoveWords } from './words.tsx'

/** What is being asked: which stage, then why, then in which words. Null: nothing. */
export type MoveQuestion =
  | { readonly ask: 'stage' }
  | { readonly ask: 'reason'; readonly stageId: string }
  | { readonly ask: 'words'; readonly stageId: string; readonly reasonId: string }

export interface MoveAnswer {
  readonly stageId: string
  readonly reasonId?: string
  readonly note?: string
}

interface MoveMenuProps {
  readonly order: OrderSummary
  /** Undefined while it is read: what is asked meanwhile opens as soon as it is there. */
  readonly pipeline: Pipeline | undefined
  readonly mover: Mover
  readonly question: MoveQuestion | null
  readonly onQuestion: (question: MoveQuestion | null) => void
  readonly onAnswer: (answer: MoveAnswer) => void
  /** The control from which the menus open. */
  readonly children: ReactElement
}

const reasonName = (reason: Reason): string => wordIn(reason.name, currentLanguage())

/** A reason that says nothing by itself: the words are asked for. */
const asksWords = ({ key }: Reason): boolean => key === 'other'

/** The reason in the person's own words. */
const WordsDialog = ({
  reason,
  onClose,
  onSay,
}: {
  reason: string
  onClose: () => void
  onSay: (note: string) => void
}) => {
  const { t } = useTranslation('orders')
  const [text, setText] = useState('')
  return (
    <Dialog opened onClose={onClose} title={reason}>
      <form
        className={classes.words}
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim()) onSay(text.trim())
        }}
      >
        <Textarea
          label={t('move.words')}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          maxLength={500}
          autosize
          minRows={2}
          data-autofocus
        />
        <Button type="submit" variant="filled" size="form" disabled={text.trim() === ''}>
          {t('move.confirm')}
        </Button>
      </form>
    </Dialog>
  )
}

/**
 * `M`, a digit for the stage, a digit for the reason where one is due: two or three keys in all. Stages that are closed
 * stay in the list and say why, so that a stage has the same digit for every order.
 */
export const MoveMenu = ({ order, pipeline, mover, question, onQuestion, onAnswer, children }: MoveMenuProps) => {
  const { t } = useTranslation('orders')
  const words = useMoveWords()
  const asked =
    question && question.ask !== 'stage' ? pipeline?.stages.find(({ id }) => id === question.stageId) : undefined
  const reasons = pipeline && asked ? reasonsFor(pipeline, asked) : []

  const chooseStage = (stageId: string): void => {
    if (!pipeline) return
    const drop = planDrop(pipeline, order, stageId, mover)
    if (drop.kind !== 'open') return
    if (drop.needsReason) onQuestion({ ask: 'reason', stageId })
    else onAnswer({ stageId })
  }
  const chooseReason = (reasonId: string): void => {
    const reason = reasons.find(({ id }) => id === reasonId)
    if (!asked || !reason) return
    if (asksWords(reason)) onQuestion({ ask: 'words', stageId: asked.id, reasonId })
    else onAnswer({ stageId: asked.id, reasonId })
  }
  const stageItems = (known: Pipeline): DigitMenuItem[] =>
    activeStages(known).map((stage) => {
      const drop = planDrop(known, order, stage.id, mover)
      const label = <StageName name={nameOf(stage)} state={stage.state} colour={stage.colour} />
      if (drop.kind === 'same') return { id: stage.id, label, refusal: t('move.here') }
      return drop.kind === 'closed'
        ? { id: stage.id, label, refusal: words.closed(drop.why, nameOf(stage)) }
        : { id: stage.id, label }
    })
  const wordsReason = question?.ask === 'words' ? reasons.find(({ id }) => id === question.reasonId) : undefined

  return (
    <>
      <DigitMenu
        key={question?.ask === 'reason' ? 'reason' : 'stage'}
        label={asked ? t('move.why', { stage: nameOf(asked) }) : t('move.whereTo')}
        items={
          pipeline && !asked ? stageItems(pipeline) : reasons.map((one) => ({ id: one.id, label: reasonName(one) }))
        }
        onChoose={asked ? chooseReason : chooseStage}
        opened={pipeline !== undefined && question !== null && question.ask !== 'words'}
        onOpenedChange={(opened) => onQuestion(opened ? { ask: 'stage' } : null)}
      >
        {children}
      </DigitMenu>
      {question?.ask === 'words' && wordsReason && (
        <WordsDialog
          reason={reasonName(wordsReason)}
          onClose={() => onQuestion(null)}
          onSay={(note) => onAnswer({ stageId: question.stageId, reasonId: question.reasonId, note })}
        />
      )}
    </>
  )
}
