import type { ReactNode } from 'react'
import classes from './progress.module.css'

interface ProgressProps {
  readonly value: number
  readonly max: number
  /** What is being done and how far it is, in words. */
  readonly label: ReactNode
}

/** How far something is that takes longer than a moment, with the same said in words above it. */
export const Progress = ({ value, max, label }: ProgressProps) => (
  <label className={classes.progress}>
    <span aria-live="polite">{label}</span>
    <progress value={value} max={Math.max(1, max)} />
  </label>
)
