import type { TemplateField } from '@sendocki/domain/whatsapp/variables'
import { useTranslation } from 'react-i18next'
import { Words } from '../../ui/numbers.tsx'
import classes from './variable-text.module.css'

interface VariableTextProps {
  readonly body: string
  /** Null where nobody has said what fills it. */
  readonly variables: readonly (TemplateField | null)[]
}

const placeOf = (part: string): number | null => {
  const [, number] = /^\{\{\s*(\d{1,2})\s*\}\}$/.exec(part) ?? []
  return number === undefined ? null : Number(number)
}

/** A text with the name of what each order puts into it. */
export const VariableText = ({ body, variables }: VariableTextProps) => {
  const { t } = useTranslation('whatsapp')
  return (
    <Words lines>
      {body.split(/(\{\{\s*\d{1,2}\s*\}\})/).map((part, index) => {
        const place = placeOf(part)
        const field = place === null ? null : (variables[place - 1] ?? null)
        return field === null ? (
          part
        ) : (
          <mark key={index} className={classes.field}>
            {t(`templates.field.${field}`)}
          </mark>
        )
      })}
    </Words>
  )
}
