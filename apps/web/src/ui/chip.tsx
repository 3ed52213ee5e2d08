import { IconChevronDown, IconPlus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './chip.module.css'

export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad' | 'info'

/** A fact in a word, 22 pixels high, with its sign. */
export const Chip = ({ tone = 'neutral', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) => (
  <span className={classes.chip} data-tone={tone}>
    {icon}
    <span className="truncate">{children}</span>
  </span>
)

interface FilterPillProps extends Omit<React.ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'value'> {
  readonly label: string
  /** What is chosen; without it the filter is at rest. */
  readonly value?: ReactNode
  readonly count?: ReactNode
  readonly active?: boolean
  readonly onClear?: () => void
}

/** One filter of a toolbar: `Ville : toutes` at rest, `Ville Rabat ×` when it is set. Opens whatever wraps it. */
export const FilterPill = ({ label, value, count, active = false, onClear, ...rest }: FilterPillProps) => {
  const { t } = useTranslation('common')
  return (
    <span className={classes.pill} data-active={active || undefined}>
      <button {...rest} type="button" className={classes.pillButton}>
        {value !== undefined && !active ? t('ui.pill', { label }) : label}
        {value !== undefined && <strong>{value}</strong>}
        {count !== undefined && <strong>{count}</strong>}
        {value !== undefined && !active && <IconChevronDown size={14} stroke={1.75} aria-hidden />}
      </button>
      {active && onClear && (
        <button type="button" className={classes.clear} aria-label={t('ui.clearFilter', { label })} onClick={onClear}>
          <IconX size={14} stroke={1.75} aria-hidden />
        </button>
      )}
    </span>
  )
}

/** Adds a filter. */
export const AddPill = ({ children, ...rest }: Omit<React.ButtonHTMLAttributes<HTMLButtonElement>, 'className'>) => (
  <span className={classes.pill} data-add>
    <button {...rest} type="button" className={classes.pillButton}>
      <IconPlus size={14} stroke={1.75} aria-hidden />
      {children}
    </button>
  </span>
)
