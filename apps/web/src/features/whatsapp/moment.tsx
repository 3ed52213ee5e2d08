import { dayOf } from '@sendocki/domain/time'
import { formatInstant, formatTime } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { useNow } from '../../ui/clock.ts'
import { When } from '../../ui/when.tsx'

interface MomentProps {
  readonly instant: string
}

/** The hour of a moment whose day is named beside it; all of it on hover. */
export const Hour = ({ instant }: MomentProps) => (
  <time dateTime={instant} title={formatInstant(instant, currentLanguage())}>
    {formatTime(instant, currentLanguage())}
  </time>
)

/** The hour of a moment of today, else how long ago it was. */
export const HourOrDay = ({ instant }: MomentProps) =>
  dayOf(new Date(instant)) === dayOf(useNow()) ? <Hour instant={instant} /> : <When instant={instant} />
