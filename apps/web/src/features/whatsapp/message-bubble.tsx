import { ApiProblem } from '@sendocki/client/problem'
import type { Message } from '@sendocki/domain/whatsapp/message'
import { IconCheck, IconChecks, IconClock, IconExclamationCircle, IconNote } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { Code, Words } from '../../ui/numbers.tsx'
import { Attachment } from './attachment.tsx'
import { CardStrip } from './card-strip.tsx'
import inbox from './inbox.module.css'
import classes from './messages.module.css'
import { Hour } from './moment.tsx'
import { Position } from './position.tsx'
import { kindWord } from './words.ts'

interface MessageBubbleProps {
  readonly message: Message
  /** The customer's newest order, which a shared position may be about. */
  readonly orderId: string | null
}

/** One message: whose it is, what it says, how far it is and why it is not further. */
export const MessageBubble = ({ message, orderId }: MessageBubbleProps) => {
  const { t } = useTranslation('whatsapp')
  const { direction, text, kind, location, author, media } = message
  return (
    <article className={classes.bubble} data-direction={direction}>
      {direction === 'note' && (
        <span className={classes.noteHead}>
          <IconNote size={14} stroke={1.75} aria-hidden />
          {author ? t('inbox.note', { name: author.name }) : t('inbox.noteOf')}
        </span>
      )}
      {message.quotedId && direction === 'in' && <span className={inbox.quiet}>{t('inbox.answers')}</span>}
      {kind !== 'text' && kind !== 'template' && kind !== 'button' && media === null && (
        <span className={inbox.quiet}>{t(`inbox.kinds.${kindWord(kind)}`)}</span>
      )}
      {media && <Attachment media={media} />}
      {text && (
        <p>
          <Words lines>{text}</Words>
        </p>
      )}
      {message.cards.length > 0 && <CardStrip cards={message.cards} />}
      {location && <Position location={location} orderId={direction === 'in' ? orderId : null} />}
      {message.buttons.length > 0 && <Buttons buttons={message.buttons} />}
      <footer className={classes.bubbleFoot}>
        <Hour instant={message.at} />
        {direction === 'out' && author && (
          <span>
            <Words>{author.name}</Words>
          </span>
        )}
        {direction === 'out' && <Status message={message} />}
      </footer>
      {message.problem && (
        <p className={inbox.problem}>
          {problemText(new ApiProblem({ status: 422, code: message.problem }, null))}{' '}
          {message.metaCode !== null && <Code>{`#${message.metaCode}`}</Code>}
        </p>
      )}
    </article>
  )
}

const Buttons = ({ buttons }: Pick<Message, 'buttons'>) => {
  const { t } = useTranslation('whatsapp')
  return (
    <ul className={classes.offered}>
      {buttons.map(({ text, chosen }) => (
        <li key={text} data-chosen={chosen || undefined}>
          {chosen && <IconCheck size={14} stroke={1.75} aria-hidden />}
          <Words>{text}</Words>
          {chosen && <span className="visually-hidden">{t('inbox.chosen')}</span>}
        </li>
      ))}
    </ul>
  )
}

const signs = {
  queued: IconClock,
  sending: IconClock,
  unknown: IconClock,
  accepted: IconCheck,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  failed: IconExclamationCircle,
  received: IconCheck,
} as const

const Status = ({ message }: { message: Message }) => {
  const { t } = useTranslation('whatsapp')
  const Sign = signs[message.status]
  return (
    <span className={classes.status} data-status={message.status}>
      {t(`inbox.status.${message.status}`)}
      <Sign size={14} stroke={1.75} aria-hidden />
    </span>
  )
}
