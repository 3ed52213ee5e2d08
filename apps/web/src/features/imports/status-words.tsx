import { Select } from '@mantine/core'
import type { Import } from '@sendocki/domain/imports/import-schema'
import { type PastState, pastStates } from '@sendocki/domain/imports/status-words'
import { useTranslation } from 'react-i18next'
import { Words } from '../../ui/numbers.tsx'
import classes from './imports.module.css'

const unsaid = 'none'

interface StatusWordsProps {
  readonly words: Import['words']
  /** Whether every row was looked at; else only the first ones were. */
  readonly whole: boolean
  readonly onState: (word: string, state: PastState | null) => void
}

/** What each status of another system means here: proposed, corrected, remembered. */
export const StatusWords = ({ words, whole, onState }: StatusWordsProps) => {
  const { t } = useTranslation('imports')
  if (words.length === 0) return null
  return (
    <fieldset className={classes.words}>
      <legend>{t('words.label')}</legend>
      <p className={classes.hint}>{t('words.hint')}</p>
      <ul className={classes.columns}>
        {words.map(({ word, count, state }) => (
          <li key={word}>
            <Select
              label={word === '' ? t('words.none') : <Words>{word}</Words>}
              data={[
                { value: unsaid, label: t('words.unknown') },
                ...pastStates.map((value) => ({ value, label: t(`words.state.${value}`) })),
              ]}
              value={state ?? unsaid}
              onChange={(value) => onState(word, pastStates.find((one) => one === value) ?? null)}
              allowDeselect={false}
            />
            {whole && <span className={classes.samples}>{t('words.count', { count })}</span>}
          </li>
        ))}
      </ul>
      {!whole && <p className={classes.hint}>{t('words.first')}</p>}
    </fieldset>
  )
}
