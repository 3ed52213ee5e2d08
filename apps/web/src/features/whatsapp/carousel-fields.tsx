import { Select, Textarea, TextInput } from '@mantine/core'
import { cardBodyLongest, cardButtonKinds, cardsLeast, cardsMost } from '@sendocki/domain/whatsapp/carousel'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { fieldText } from '../../lib/problem.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { CardMedia, headerOf } from './card-media.tsx'
import {
  type DraftButton,
  type DraftCard,
  type DraftCarousel,
  type DraftFault,
  emptyCard,
  headerBeside,
} from './carousel-draft.ts'
import { VariableFields } from './variable-fields.tsx'
import { variablesFor } from './variables.ts'
import classes from './whatsapp.module.css'

interface CarouselFieldsProps {
  readonly draft: DraftCarousel
  /** What is wrong, and where. */
  readonly fault: DraftFault | null
  readonly onChange: (draft: DraftCarousel) => void
}

const buttonsMost = 2
const replaced = <T,>(list: readonly T[], at: number, change: Partial<T>): T[] =>
  list.map((one, index) => (index === at ? { ...one, ...change } : one))

/** Cards side by side: what each shows and says, and the buttons that all of them have. */
export const CarouselFields = ({ draft, fault, onChange }: CarouselFieldsProps) => {
  const { t } = useTranslation('whatsapp')
  const { cards, buttons } = draft
  const changeCard = (at: number, change: Partial<DraftCard>) =>
    onChange({ ...draft, cards: replaced(cards, at, change) })
  return (
    <>
      <SharedButtons buttons={buttons} fault={fault} onChange={(next) => onChange({ ...draft, buttons: next })} />
      {cards.map((card, at) => (
        <Card
          // A card has no identity but its place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={at}
          at={at}
          draft={draft}
          card={card}
          fault={fault}
          onChange={(change) => changeCard(at, change)}
          onRemove={
            cards.length > cardsLeast
              ? () => onChange({ ...draft, cards: cards.filter((_card, index) => index !== at) })
              : null
          }
        />
      ))}
      {cards.length < cardsMost && (
        <div className={classes.addCard}>
          <Button
            icon={<IconPlus size={16} stroke={1.75} aria-hidden />}
            onClick={() => onChange({ ...draft, cards: [...cards, emptyCard] })}
          >
            {t('cards.add')}
          </Button>
        </div>
      )}
    </>
  )
}

interface SharedButtonsProps {
  readonly buttons: readonly DraftButton[]
  readonly fault: DraftFault | null
  readonly onChange: (buttons: readonly DraftButton[]) => void
}

const SharedButtons = ({ buttons, fault, onChange }: SharedButtonsProps) => {
  const { t } = useTranslation('whatsapp')
  const remove = (at: number) => onChange(buttons.filter((_button, index) => index !== at))
  return (
    <fieldset className={classes.cardFields}>
      <legend>{t('cards.buttons')}</legend>
      <p className={classes.hint}>{t('cards.buttonsHint')}</p>
      {buttons.map(({ kind, text }, at) => (
        // A button has no identity but its place.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={at} className={classes.cardButton}>
          <Select
            label={t('cards.kind', { number: at + 1 })}
            data={cardButtonKinds.map((value) => ({ value, label: t(`cards.kinds.${value}`) }))}
            value={kind}
            allowDeselect={false}
            onChange={(value) => onChange(replaced(buttons, at, { kind: value === 'url' ? 'url' : 'quick_reply' }))}
          />
          <TextInput
            label={t('cards.words', { number: at + 1 })}
            maxLength={20}
            dir="auto"
            value={text}
            error={fault?.path === `button.${at}` ? fieldText(fault.code) : null}
            onChange={({ currentTarget }) => onChange(replaced(buttons, at, { text: currentTarget.value }))}
          />
          {buttons.length > 1 && (
            <IconButton size="form" label={t('cards.removeButton', { number: at + 1 })} onClick={() => remove(at)}>
              <IconTrash size={16} stroke={1.75} aria-hidden />
            </IconButton>
          )}
        </div>
      ))}
      {fault && /^cards\.\d+\.buttons$/.test(fault.path) && <p className={classes.problem}>{fieldText(fault.code)}</p>}
      {buttons.length < buttonsMost && (
        <Button
          size="small"
          icon={<IconPlus size={14} stroke={1.75} aria-hidden />}
          onClick={() => onChange([...buttons, { kind: 'quick_reply', text: '' }])}
        >
          {t('cards.addButton')}
        </Button>
      )}
    </fieldset>
  )
}

interface CardProps {
  readonly at: number
  readonly draft: DraftCarousel
  readonly card: DraftCard
  readonly fault: DraftFault | null
  readonly onChange: (change: Partial<DraftCard>) => void
  /** Null while there are no more cards than there must be. */
  readonly onRemove: (() => void) | null
}

const Card = ({ at, draft, card, fault, onChange, onRemove }: CardProps) => {
  const { t } = useTranslation('whatsapp')
  const number = at + 1
  const variables = variablesFor(card.body, card.variables)
  const errorAt = (field: string) => (fault?.path === `cards.${at}.${field}` ? fieldText(fault.code) : null)
  return (
    <fieldset className={classes.cardFields}>
      <legend>{t('cards.card', { number })}</legend>
      <CardMedia
        label={t('cards.media')}
        mediaId={card.mediaId}
        header={headerBeside(draft, at)}
        error={errorAt('mediaId')}
        onChange={(media) => onChange({ mediaId: media?.id ?? null, header: media ? (headerOf(media) ?? null) : null })}
      />
      <Textarea
        label={t('cards.body')}
        description={t('templates.bodyHint', { example: '{{1}}' })}
        maxLength={cardBodyLongest}
        rows={2}
        dir="auto"
        value={card.body}
        error={errorAt('body')}
        onChange={({ currentTarget }) => onChange({ body: currentTarget.value })}
      />
      <VariableFields
        variables={variables}
        onChange={(place, field) => onChange({ variables: variables.with(place, field) })}
      />
      {draft.buttons.map(({ kind, text }, place) =>
        kind === 'url' ? (
          <TextInput
            // A button has no identity but its place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={place}
            label={t('cards.url', { text: text.trim() || place + 1 })}
            type="url"
            dir="ltr"
            maxLength={2_000}
            value={card.urls[place] ?? ''}
            error={errorAt(`buttons.${place}.url`)}
            onChange={({ currentTarget }) => {
              const urls = draft.buttons.map((_button, index) => card.urls[index] ?? '')
              onChange({ urls: urls.with(place, currentTarget.value) })
            }}
          />
        ) : null,
      )}
      {onRemove && (
        <Button size="small" icon={<IconTrash size={14} stroke={1.75} aria-hidden />} onClick={onRemove}>
          {t('cards.remove', { number })}
        </Button>
      )}
    </fieldset>
  )
}
