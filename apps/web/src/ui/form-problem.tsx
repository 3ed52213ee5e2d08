import { IconAlertCircleFilled } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './form-problem.module.css'

/** What the form as a whole was refused for, above its button. Takes the focus, so that it is read at once. */
export const FormProblem = ({ children, code }: { children: ReactNode; code?: string }) => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} role="alert" tabIndex={-1} className={classes.problem}>
      <IconAlertCircleFilled size={16} aria-hidden />
      <div>
        {children}
        {code && (
          <bdi dir="ltr" className={classes.code}>
            {code}
          </bdi>
        )}
      </div>
    </div>
  )
}
