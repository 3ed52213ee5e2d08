import { Tooltip } from '@mantine/core'
import { useNow } from './clock.ts'
import { useFormats } from './formats.ts'
import classes from './numbers.module.css'

/** A moment: how long ago, the exact time on hover and focus. */
export const When = ({ instant }: { instant: string }) => {
  const { relative, exact } = useFormats()
  const now = useNow()
  return (
    <Tooltip label={exact(instant)}>
      <time dateTime={instant} className={classes.when}>
        {relative(instant, now)}
      </time>
    </Tooltip>
  )
}
