import { type FormEvent, type ReactNode, useEffect } from 'react'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import classes from './auth-form.module.css'

interface AuthFormProps {
  readonly title: string
  readonly hint?: ReactNode
  readonly submitLabel: string
  readonly onSubmit: (event: FormEvent) => void
  readonly pending: boolean
  /** What the API refused and no field tells. */
  readonly problem: unknown
  readonly children: ReactNode
  /** Ways to other pages, under the button. */
  readonly foot?: ReactNode
}

const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = `${title} · Sendocki`
  }, [title])
}

/** One form of one column with one filled button. */
export const AuthForm = ({ title, hint, submitLabel, onSubmit, pending, problem, children, foot }: AuthFormProps) => {
  useTitle(title)
  return (
    <form className={classes.form} onSubmit={onSubmit} noValidate>
      <div>
        <h1>{title}</h1>
        {hint && <p className={classes.hint}>{hint}</p>}
      </div>
      {children}
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <Button type="submit" variant="filled" size="form" block pending={pending}>
        {submitLabel}
      </Button>
      {foot && <p className={classes.foot}>{foot}</p>}
    </form>
  )
}

/** A page that only says how it went, and where to go. */
export const AuthNote = ({ title, children, foot }: { title: string; children: ReactNode; foot?: ReactNode }) => {
  useTitle(title)
  return (
    <div className={classes.form} role="status">
      <div>
        <h1>{title}</h1>
        <p className={classes.hint}>{children}</p>
      </div>
      {foot}
    </div>
  )
}
