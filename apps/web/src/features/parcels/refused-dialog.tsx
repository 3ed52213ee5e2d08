import { ApiProblem } from '@sendocki/client/problem'
import type { IntentResult } from '@sendocki/domain/parcels/parcel-schema'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { problemText } from '../../lib/problem.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { OrderNumber } from '../../ui/numbers.tsx'
import { refusedGroups } from './batches.ts'
import classes from './parcels.module.css'

const refusalText = ({ code, params = {} }: NonNullable<IntentResult['refusal']>): string =>
  problemText(new ApiProblem({ status: 422, code, params }, null))

interface RefusedDialogProps {
  readonly items: readonly IntentResult[]
  readonly numbers: ReadonlyMap<string, number>
  readonly onClose: () => void
}

/** Which orders got no parcel and why, each a link to what has to be corrected. */
export const RefusedDialog = ({ items, numbers, onClose }: RefusedDialogProps) => {
  const { t } = useTranslation('parcels')
  const groups = refusedGroups(items, refusalText)
  const count = groups.reduce((sum, { orderIds }) => sum + orderIds.length, 0)
  const cities = groups.some(({ code }) => code === 'parcel.city_unmatched')
  return (
    <Dialog opened onClose={onClose} title={t('ship.refusedTitle', { count })} size="lg">
      <div className={classes.answers}>
        <p className={classes.note}>{t('ship.refusedText')}</p>
        <ul className={classes.groups}>
          {groups.map(({ text, orderIds }) => (
            <li key={text}>
              <p>{text}</p>
              <span className={classes.numbers}>
                {orderIds.map((id) => (
                  <Link key={id} to={`/orders/${id}`}>
                    <OrderNumber number={numbers.get(id) ?? '?'} />
                  </Link>
                ))}
              </span>
            </li>
          ))}
        </ul>
        <div className={classes.actions}>
          {cities && <ButtonLink to="/settings/carriers">{t('ship.fixCities')}</ButtonLink>}
          <Button variant="filled" onClick={onClose}>
            {t('ship.understood')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
