import { ApiProblem } from '@sendocki/client/problem'
import { type CallSettings, type KeptCallSettings, settingsFault } from '@sendocki/domain/calls/settings'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { focusUnread } from '../../ui/clock-field.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { HolidayFields, RamadanFields } from './calendar-fields.tsx'
import { callSettingsQuery, saveCallSettings } from './call-settings.api.ts'
import classes from './call-settings.module.css'
import { HoursFields } from './hours-fields.tsx'
import { LadderFields } from './ladder-fields.tsx'
import { PlainWords } from './plain-words.tsx'
import { PriceFields } from './price-fields.tsx'
import { TryPhrase } from './try-phrase.tsx'
import { WorkFields } from './work-fields.tsx'

export interface FieldsProps {
  readonly settings: CallSettings
  readonly onChange: (change: Partial<CallSettings>) => void
}

/** Saves the settings in a version, offers to put back what was there, and shows what is kept now. */
const useSaving = (onKept: (kept: KeptCallSettings) => void) => {
  const { t } = useTranslation('callSettings')
  const queries = useQueryClient()
  const take = (kept: KeptCallSettings): void => {
    queries.setQueryData(callSettingsQuery.queryKey, kept as never)
    onKept(kept)
  }
  const save = useMutation({
    mutationFn: ({ before, settings }: { before: KeptCallSettings; settings: CallSettings }) =>
      saveCallSettings({ settings, version: before.version }),
    onSuccess: (answer, { before }) => {
      const kept = answer as KeptCallSettings
      take(kept)
      const undo = (): void => {
        saveCallSettings({ settings: before.settings, version: kept.version }).then(
          (restored) => {
            take(restored as KeptCallSettings)
            showToast({ message: t('restored') })
          },
          (problem: unknown) => showToast({ tone: 'refused', message: problemText(problem) }),
        )
      }
      showToast({ message: t('saved'), undo })
    },
  })
  return { save, take }
}

/** The settings as they are edited, what they will do in sentences beside them, and a field to try a call-back. */
export const SettingsForm = ({ kept }: { kept: KeptCallSettings }) => {
  const { t } = useTranslation(['callSettings', 'common'])
  const [base, setBase] = useState(kept)
  const [draft, setDraft] = useState(kept.settings)
  /** Of what was discarded nothing stays, neither what a field could not read. */
  const [round, setRound] = useState(0)
  const { save, take } = useSaving((now) => {
    setBase(now)
    setDraft(now.settings)
  })
  const fault = settingsFault(draft)
  const dirty = JSON.stringify(draft) !== JSON.stringify(base.settings)
  // Somebody else saved while nothing was typed here: their settings are shown at once.
  if (!dirty && kept.version > base.version) {
    setBase(kept)
    setDraft(kept.settings)
  }
  const fields: FieldsProps = { settings: draft, onChange: (change) => setDraft((now) => ({ ...now, ...change })) }
  const current = save.error instanceof ApiProblem ? (save.error.current as KeptCallSettings | undefined) : undefined
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (focusUnread(event.currentTarget)) return
        if (!fault && dirty && !save.isPending) save.mutate({ before: base, settings: draft })
      }}
    >
      <PlainWords settings={draft} />
      {fault === null && <TryPhrase settings={draft} />}
      <Fragment key={round}>
        <HoursFields {...fields} />
        <RamadanFields {...fields} />
      </Fragment>
      <HolidayFields {...fields} />
      <LadderFields {...fields} />
      <WorkFields {...fields} />
      <PriceFields {...fields} />
      {save.error !== null && (
        <FormProblem code={problemCode(save.error)}>
          {problemText(save.error)}{' '}
          {current && (
            <Button
              size="small"
              onClick={() => {
                take(current)
                save.reset()
              }}
            >
              {t('readAgain')}
            </Button>
          )}
        </FormProblem>
      )}
      <div className={classes.foot}>
        <Button type="submit" variant="filled" pending={save.isPending} disabled={!dirty || fault !== null}>
          {t('common:ui.save')}
        </Button>
        {dirty && (
          <Button
            variant="quiet"
            onClick={() => {
              setDraft(base.settings)
              setRound(round + 1)
            }}
          >
            {t('discard')}
          </Button>
        )}
        <p className={fault ? classes.fault : classes.hint} role="status">
          {fault ? t(`fault.${fault.code}`) : dirty ? t('unsaved') : ''}
        </p>
      </div>
    </form>
  )
}
