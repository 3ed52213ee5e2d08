import { useTranslation } from 'react-i18next'
import { useUrlState } from '../../lib/url-state.ts'
import { Button } from '../../ui/button.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { GiveTable } from './give-table.tsx'
import { History } from './history.tsx'
import { ImportSteps } from './import-steps.tsx'
import classes from './imports.module.css'
import { type ImportsState, importsShape } from './state.ts'

/** Customers from a file or a pasted table: read, tried row by row, carried out, and taken back if need be. */
export const ImportsPage = () => {
  const { t } = useTranslation('imports')
  const [state, change] = useUrlState<ImportsState>(importsShape)
  const leave = () => change({ import: null, outcome: null })
  return (
    <Page title={t('title')} actions={state.import !== null && <Button onClick={leave}>{t('another')}</Button>}>
      {state.import === null ? (
        <>
          <p className={classes.hint}>{t('intro')}</p>
          <GiveTable onRead={({ id }) => change({ import: id, outcome: null })} />
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
