import { IconAlarmFilled, IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useNow } from './clock.ts'
import { useFormats } from './formats.ts'
import { CashDrawing, RiskDrawing, StateDrawing } from './glyphs.tsx'
import { paletteStyle } from './palette.ts'
import classes from './states.module.css'

interface StageProps {
  readonly name: string
  /** The standard state, whose shape is drawn; null for a purely logistical stage. */
  readonly state: string | null
  /** Key of one of the ten palettes. */
  readonly colour: string
}

/** Only the shape in its colour. The name is its text twin, read aloud. */
export const StageGlyph = ({ name, state, colour, silent = false }: StageProps & { silent?: boolean }) => (
  <span className={classes.glyph} style={paletteStyle(colour)}>
    <StateDrawing state={state} />
    {!silent && <span className="visually-hidden">{name}</span>}
  </span>
)

/** Shape and plain word, for tables and lists. */
export const StageName = ({ name, state, colour }: StageProps) => (
  <span className={classes.named}>
    <StageGlyph name={name} state={state} colour={colour} silent />
    <span className="truncate">{name}</span>
  </span>
)

/** Tinted, for headers and panels only. */
export const StageChip = ({ name, state, colour }: StageProps) => (
  <span className={classes.stageChip} style={paletteStyle(colour)}>
    <StateDrawing state={state} size={14} />
    {name}
  </span>
)

/** Status of the cash axis with its word; `quiet` shows the shape alone and keeps the word for readers. */
export const CashGlyph = ({ status, word, quiet = false }: { status: string; word: string; quiet?: boolean }) => (
  <span className={classes.cash} data-status={status}>
    <CashDrawing status={status} />
    <span className={quiet ? 'visually-hidden' : undefined}>{word}</span>
  </span>
)

interface RiskProps {
  readonly level: 'low' | 'medium' | 'high'
  readonly word: string
  /** Why, one sentence each, on hover: where there is no room to write them out. */
  readonly reasons?: readonly string[]
}

/** One to three bars and the word, never a number alone. */
export const RiskBars = ({ level, word, reasons = [] }: RiskProps) => (
  <span className={classes.risk} data-level={level} {...(reasons.length > 0 ? { title: reasons.join('\n') } : {})}>
    <RiskDrawing level={level} />
    {word}
  </span>
)

const attemptDots = 3

/** How often somebody tried to reach the buyer: a dot each up to three, then the number; in words for readers. */
export const Attempts = ({ count }: { count: number }) => {
  const { t } = useTranslation('common')
  const words = t('ui.attempts', { count })
  return (
    <span className={classes.attempts} title={words}>
      {Array.from({ length: attemptDots }, (_, at) => (
        <span key={at} data-made={at < count || undefined} aria-hidden />
      ))}
      {count > attemptDots && <b aria-hidden>{count}</b>}
      <span className="visually-hidden">{words}</span>
    </span>
  )
}

/** How old something is. `limitReached`: share of the stage's limit in working hours used up, null without a limit. */
export const Age = ({ since, limitReached = null }: { since: string; limitReached?: number | null }) => {
  const { age, exact } = useFormats()
  const { t } = useTranslation('common')
  const level = limitReached === null || limitReached < 0.5 ? 'calm' : limitReached < 1 ? 'soon' : 'late'
  return (
    <time dateTime={since} title={exact(since)} className={classes.age} data-level={level}>
      {level === 'soon' && <IconClock size={14} stroke={1.75} aria-hidden />}
      {level === 'late' && <IconAlarmFilled size={14} aria-hidden />}
      {age(since, useNow())}
      {level === 'late' && <span className="visually-hidden">{t('ui.late')}</span>}
    </time>
  )
}
