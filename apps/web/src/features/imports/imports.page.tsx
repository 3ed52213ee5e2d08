import { Radio } from '@mantine/core'
import { importKinds } from '@sendocki/domain/imports/import'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../lib/me.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { GiveTable } from './give-table.tsx'
import { History } from './history.tsx'
import { ImportSteps } from './import-steps.tsx'
import classes from './imports.module.css'
import { type ImportsState, importsShape } from './state.ts'

/** Customers or past orders from a file or a pasted table: read, tried row by row, carried out, and taken back if need be. */
export const ImportsPage = () => {
  const { t } = useTranslation('imports')
  const [state, change] = useUrlState<ImportsState>(importsShape)
  const can = useCan()
  // Whoever makes no orders has no past ones to load.
  const kind = can('orders.create') ? state.kind : 'customers'
  const leave = () => change({ import: null, outcome: null })
  return (
    <Page title={t('title')} actions={state.import !== null && <Button onClick={leave}>{t('another')}</Button>}>
      {state.import === null ? (
        <>
          <p className={classes.hint}>{t('intro')}</p>
          {can('orders.create') && (
            <Radio.Group
              label={t('kind.label')}
              value={kind}
              onChange={(value) => change({ kind: importKinds.find((one) => one === value) ?? 'customers' })}
            >
              <div className={classes.choices}>
                {importKinds.map((one) => (
                  <Radio key={one} value={one} label={t(`kind.${one}`)} description={t(`kind.${one}Hint`)} />
                ))}
              </div>
            </Radio.Group>
          )}
          <GiveTable kind={kind} onRead={({ id }) => change({ import: id, outcome: null })} />
          <Section title={t('history.title')} hint={t('history.hint')}>
            <History onOpen={(id) => change({ import: id, outcome: null })} />
          </Section>
        </>
      ) : (
        <ImportSteps
          key={state.import}
          id={state.import}
          outcome={state.outcome}
          onOutcome={(outcome) => change({ outcome })}
          onOpen={(id) => change({ import: id, outcome: null })}
        />
      )}
    </Page>
  )
}
