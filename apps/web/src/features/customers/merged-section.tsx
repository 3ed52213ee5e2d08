import type { Customer } from '@sendocki/domain/customers/customer'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Phone, Words } from '../../ui/numbers.tsx'
import { PanelSection } from '../../ui/side-panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import { When } from '../../ui/when.tsx'
import { undoMerge } from './customers.api.ts'
import classes from './customers.module.css'
import { useTakeOver } from './use-take-over.ts'

/** Customers who turned out to be this one, each of whom can be taken apart again. */
export const MergedSection = ({ customer: { merged } }: { customer: Customer }) => {
  const { t } = useTranslation('customers')
  if (merged.length === 0) return null
  return (
    <PanelSection title={t('merge.done')}>
      <ul className={classes.notes}>
        {merged.map((one) => (
          <li key={one.mergeId}>
            <span className={classes.line}>
              <Words>{one.name}</Words>
              {one.phone !== null && <Phone phone={one.phone} />}
            </span>
            <span className={classes.line}>
              <When instant={one.at} />
              <UndoButton mergeId={one.mergeId} />
            </span>
          </li>
        ))}
      </ul>
    </PanelSection>
  )
}

const UndoButton = ({ mergeId }: { mergeId: string }) => {
  const { t } = useTranslation('customers')
  const can = useCan()
  const takeOver = useTakeOver()
  const undo = useMutation({
    mutationFn: () => undoMerge(mergeId),
    onSuccess: async (customer) => {
      showToast({ message: t('merge.undone') })
      await takeOver(customer)
    },
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  if (!can('customers.merge')) return null
  return (
    <Button size="small" pending={undo.isPending} onClick={() => undo.mutate()}>
      {t('merge.undo')}
    </Button>
  )
}
