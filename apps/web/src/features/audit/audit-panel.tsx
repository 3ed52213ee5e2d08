import { useTranslation } from 'react-i18next'
import { eventText } from '../../lib/event-words.ts'
import { Code, Words } from '../../ui/numbers.tsx'
import { PanelSection, SidePanel } from '../../ui/side-panel.tsx'
import { When } from '../../ui/when.tsx'
import type { AuditEntry } from './audit.api.ts'
import classes from './audit.module.css'
import { useAuditWords } from './use-audit-words.ts'

/** One change whole: each field before and after, and where it came from. */
export const AuditPanel = ({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) => {
  const { t } = useTranslation('audit')
  const { actorWord, subjectWord } = useAuditWords()
  const { type, at, subject, before, after, origin } = entry
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return (
    <SidePanel label={t('detail')} title={subjectWord(entry)} onClose={onClose}>
      <PanelSection>
        <strong>
          <Words>{actorWord(entry)}</Words>
        </strong>
        <When instant={at} />
        <span>{eventText(type)}</span>
      </PanelSection>
      {fields.length > 0 && (
        <PanelSection title={t('detail')}>
          <table className={classes.fields}>
            <thead>
              <tr>
                <th scope="col">{t('what')}</th>
                <th scope="col">{t('before')}</th>
                <th scope="col">{t('after')}</th>
              </tr>
            </thead>
            <tbody>
              {fields.map((field) => (
                <tr key={field}>
                  <th scope="row">
                    <Code>{field}</Code>
                  </th>
                  <td>{shown(before?.[field])}</td>
                  <td>{shown(after?.[field])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </PanelSection>
      )}
      <PanelSection title={t('from')}>
        {origin?.address && (
          <p>
            {t('address')} <Code>{origin.address}</Code>
          </p>
        )}
        {origin?.userAgent && (
          <p>
            {t('browser')} <Code>{origin.userAgent}</Code>
          </p>
        )}
        <p>
          {t('reference')} <Code>{subject.id}</Code>
        </p>
      </PanelSection>
    </SidePanel>
  )
}

const shown = (value: unknown) => {
  if (value === undefined || value === null) return '—'
  return <Words>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</Words>
}
