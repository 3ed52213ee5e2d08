import { Select } from '@mantine/core'
import type { CarrierFile } from '@sendocki/domain/carrier-files/carrier-file'
import { mappableStatuses } from '@sendocki/domain/parcels/parcel-schema'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemCode, problemText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Words } from '../../ui/numbers.tsx'
import classes from './carrier-files.module.css'
import { useTry } from './use-try.ts'

const none = 'none'

/** The carrier's words in the file. What is probably meant is filled in, and counts once somebody has said so. */
export const WordsTable = ({ file }: { file: CarrierFile }) => {
  const { t } = useTranslation(['carrierFiles', 'orders'])
  const [meanings, setMeanings] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(file.words.map(({ word, status, suggestion }) => [word, status ?? suggestion ?? none])),
  )
  const { mutate, isPending, error } = useTry(file.id)
  const changed = file.words.flatMap(({ word, status }) => {
    const meant = mappableStatuses.find((known) => known === meanings[word])
    return meant && meant !== status ? [{ word, status: meant }] : []
  })
  return (
    <div className={classes.form}>
      <ul className={classes.columns}>
        {file.words.map(({ word, count, status, suggestion }) => (
          <li key={word}>
            <span className={classes.word}>
              <strong>
                <Words>{word}</Words>
              </strong>
              <span className={classes.hint}>{t('words.times', { count })}</span>
              {status === null && suggestion !== null && meanings[word] === suggestion && (
                <Chip tone="info">{t('words.suggested')}</Chip>
              )}
            </span>
            <Select
              aria-label={t('words.meaning', { word })}
              data={[
                { value: none, label: t('words.unknown') },
                ...mappableStatuses.map((value) => ({ value, label: t(`orders:parcel.${value}`) })),
              ]}
              value={meanings[word] ?? none}
              onChange={(value) => setMeanings({ ...meanings, [word]: value ?? none })}
              allowDeselect={false}
            />
          </li>
        ))}
      </ul>
      {error && <FormProblem code={problemCode(error)}>{problemText(error)}</FormProblem>}
      {changed.length > 0 && (
        <div className={classes.actions}>
          <Button variant="accent" pending={isPending} onClick={() => mutate({ ...file.mapping, words: changed })}>
            {t('words.apply')}
          </Button>
        </div>
      )}
    </div>
  )
}
