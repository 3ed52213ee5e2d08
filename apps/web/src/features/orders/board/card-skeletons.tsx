import { Skeleton, useLate } from '../../../ui/screen-states.tsx'
import classes from './board.module.css'

/** Cards to come, in their real size; nothing for the first 300 ms. */
export const CardSkeletons = ({ label }: { label: string }) => {
  const late = useLate()
  return (
    <div role="status" aria-label={label} className={classes.skeletons}>
      {late &&
        [62, 48, 55].map((width) => (
          <div key={width} className={classes.skeleton}>
            <Skeleton width={width} />
            <Skeleton width={width + 16} />
            <Skeleton width={width - 18} />
          </div>
        ))}
    </div>
  )
}
