import { useInViewport } from '@mantine/hooks'
import type { FilledCard, MessageCard, TemplateCard } from '@sendocki/domain/whatsapp/carousel'
import { IconCheck, IconExternalLink, IconPhoto, IconVideo } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Words } from '../../ui/numbers.tsx'
import classes from './card-strip.module.css'
import { useObjectUrl } from './object-url.ts'
import { VariableText } from './variable-text.tsx'
import { mediaBytesQuery } from './whatsapp.api.ts'

/** Of a template with the names of what fills it, else as the buyer reads it. */
type ShownCard = TemplateCard | FilledCard | MessageCard

/** The cards of a carousel side by side, as the buyer pushes them along. */
export const CardStrip = ({ cards }: { cards: readonly ShownCard[] }) => {
  const { t } = useTranslation('whatsapp')
  return (
    <div className={classes.strip} role="group" tabIndex={0} aria-label={t('cards.strip', { count: cards.length })}>
      <ol>
        {cards.map((card, index) => (
          // A card has no identity but its place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index} className={classes.card}>
            <Shown key={card.mediaId} card={card} />
            <p>
              <VariableText body={card.body} variables={'variables' in card ? card.variables : []} />
            </p>
            <ul className={classes.buttons}>
              {card.buttons.map((button) => (
                <CardButton key={button.text} button={button} />
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </div>
  )
}

const CardButton = ({ button }: { button: ShownCard['buttons'][number] }) => {
  const { t } = useTranslation('whatsapp')
  const chosen = 'chosen' in button && button.chosen
  return (
    <li data-chosen={chosen || undefined}>
      {chosen && <IconCheck size={14} stroke={1.75} aria-hidden />}
      {button.kind === 'url' && <IconExternalLink size={14} stroke={1.75} aria-hidden />}
      <Words>{button.text}</Words>
      {chosen && <span className="visually-hidden">{t('inbox.chosen')}</span>}
    </li>
  )
}

/** The picture or video of a card, fetched once it is in sight; a sign stands where there is none. */
const Shown = ({ card: { header, mediaId } }: { card: ShownCard }) => {
  const { t } = useTranslation('whatsapp')
  const { ref, inViewport } = useInViewport<HTMLDivElement>()
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (inViewport) setSeen(true)
  }, [inViewport])
  const { data, error } = useQuery({ ...mediaBytesQuery(mediaId ?? ''), enabled: seen && mediaId !== null })
  const url = useObjectUrl(data)
  const Sign = header === 'video' ? IconVideo : IconPhoto
  return (
    <div ref={ref} className={classes.media}>
      {url === null && <Sign size={22} stroke={1.75} aria-hidden />}
      {url !== null && header === 'image' && <img src={url} alt="" />}
      {url !== null && header === 'video' && <video controls src={url} aria-label={t('inbox.kinds.video')} />}
      {(mediaId === null || error) && (
        <span className={classes.missing}>{t(error ? 'cards.lost' : 'cards.noMedia')}</span>
      )}
    </div>
  )
}
