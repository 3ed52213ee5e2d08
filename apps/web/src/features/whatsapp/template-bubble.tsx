import type { TemplateField, WhatsAppTemplate } from '@sendocki/domain/whatsapp/template'
import { useTranslation } from 'react-i18next'
import { Words } from '../../ui/numbers.tsx'
import classes from './template-bubble.module.css'

type Shown = Pick<WhatsAppTemplate, 'header' | 'body' | 'footer' | 'buttons'> & {
  readonly variables: readonly TemplateField[]
}

const placeOf = (part: string): number | null => {
  const [, number] = /^\{\{\s*(\d{1,2})\s*\}\}$/.exec(part) ?? []
  return number === undefined ? null : Number(number)
}

/** A template as it lies in the buyer's WhatsApp, with the name of what each order puts into it. */
export const TemplateBubble = ({ template }: { template: Shown }) => {
  const { t } = useTranslation('whatsapp')
  const { header, body, footer, buttons, variables } = template
  const parts = body.split(/(\{\{\s*\d{1,2}\s*\}\})/)
  return (
    <figure className={classes.bubble} aria-label={t('templates.preview')}>
      {header && (
        <strong>
          <Words>{header}</Words>
        </strong>
      )}
      <p>
        <Words lines>
          {parts.map((part, index) => {
            const place = placeOf(part)
            const field = place === null ? undefined : variables[place - 1]
            return field === undefined ? part : <mark key={index}>{t(`templates.field.${field}`)}</mark>
          })}
        </Words>
      </p>
      {footer && (
        <small>
          <Words>{footer}</Words>
        </small>
      )}
      {buttons.length > 0 && (
        <ul>
          {buttons.map((button) => (
            <li key={button}>
              <Words>{button}</Words>
            </li>
          ))}
        </ul>
      )}
    </figure>
  )
}
