import type { WhatsAppTemplate } from '@sendocki/domain/whatsapp/template'
import type { TemplateField } from '@sendocki/domain/whatsapp/variables'
import { useTranslation } from 'react-i18next'
import { Words } from '../../ui/numbers.tsx'
import { CardStrip } from './card-strip.tsx'
import classes from './template-bubble.module.css'
import { VariableText } from './variable-text.tsx'

type Shown = Pick<WhatsAppTemplate, 'header' | 'body' | 'footer' | 'buttons' | 'cards'> & {
  readonly variables: readonly (TemplateField | null)[]
}

/** A template as it lies in the buyer's WhatsApp, with the name of what each order puts into it. */
export const TemplateBubble = ({ template }: { template: Shown }) => {
  const { t } = useTranslation('whatsapp')
  const { header, body, footer, cards, variables } = template
  // Those of a carousel stand on its cards.
  const buttons = cards.length > 0 ? [] : template.buttons
  const bubble = (
    <figure className={classes.bubble} aria-label={t('templates.preview')}>
      {header && (
        <strong>
          <Words>{header}</Words>
        </strong>
      )}
      <p>
        <VariableText body={body} variables={variables} />
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
  if (cards.length === 0) return bubble
  return (
    <div className={classes.carousel}>
      {bubble}
      <CardStrip cards={cards} />
    </div>
  )
}
