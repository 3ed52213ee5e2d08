import { IconFlask } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { CashDrawing, StateDrawing } from '../../ui/glyphs.tsx'
import { Amount } from '../../ui/numbers.tsx'
import { paletteStyle } from '../../ui/palette.ts'
import { exploreDemo } from './auth.api.ts'
import classes from './promise-panel.module.css'
import { useEnter } from './use-enter.ts'

/** The promise told by one order that reaches the bank. The example's figures are made up. */
export const PromisePanel = ({ demo }: { demo: boolean }) => {
  const { t } = useTranslation('auth')
  return (
    <section className={classes.panel} aria-label={t('promise')}>
      <StarPattern />
      <ol className={classes.card}>
        <li>
          <span style={paletteStyle('blue')} className={classes.glyph}>
            <StateDrawing state="confirmed" size={18} />
          </span>
          <Fact title={t('example.confirmed')} by={t('example.confirmedBy')} />
          <span className={classes.time}>11:04</span>
        </li>
        <li>
          <span style={paletteStyle('purple')} className={classes.glyph}>
            <StateDrawing state="shipped" size={18} />
          </span>
          <Fact title={t('example.shipped')} by={t('example.shippedBy')} />
          <span className={classes.time}>15:30</span>
        </li>
        <li>
          <span style={paletteStyle('emerald')} className={classes.glyph}>
            <StateDrawing state="delivered" size={18} />
          </span>
          <Fact title={t('example.delivered')} by={t('example.deliveredBy')} />
          <span className={classes.time}>{t('example.on22')}</span>
        </li>
        <li>
          <span className={classes.banked}>
            <CashDrawing status="banked" />
          </span>
          <Fact title={t('example.banked')} by={t('example.bankedBy')} />
          <span className={classes.amount}>
            <Amount centimes={38_500} decimals="always" />
          </span>
        </li>
      </ol>
      <p className={classes.promise}>{t('promise')}</p>
      {demo && <ExploreDemo />}
    </section>
  )
}

const Fact = ({ title, by }: { title: string; by: string }) => (
  <span className={classes.fact}>
    <strong>{title}</strong>
    <small>{by}</small>
  </span>
)

const ExploreDemo = () => {
  const { t } = useTranslation('auth')
  const enter = useEnter()
  const explore = useMutation({ mutationFn: exploreDemo, onSuccess: enter })
  return (
    <div className={classes.demo}>
      <button type="button" className={classes.explore} disabled={explore.isPending} onClick={() => explore.mutate()}>
        <IconFlask size={18} stroke={1.75} aria-hidden />
        {t('exploreDemo')}
      </button>
      <span role="status">{explore.isError ? problemText(explore.error) : t('exploreHint')}</span>
    </div>
  )
}

/** Eight-point stars joined by octagons: the zellige of public pages. */
const StarPattern = () => (
  <svg className={classes.pattern} aria-hidden="true">
    <defs>
      <pattern id="zellige" width="72" height="72" patternUnits="userSpaceOnUse">
        <path d="M22 0v10L10 22H0M50 0v10l12 12h10M0 50h10l12 12v10M72 50H62L50 62v10M22 10h28M62 22v28M50 62H22M10 50V22" />
        <path d="M36 0v10M36 62v10M0 36h10M62 36h10" />
      </pattern>
      <linearGradient id="zellige-fade" x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stopColor="#fff" stopOpacity="1" />
        <stop offset="0.75" stopColor="#fff" stopOpacity="0" />
      </linearGradient>
      <mask id="zellige-mask">
        <rect width="100%" height="100%" fill="url(#zellige-fade)" />
      </mask>
    </defs>
    <rect width="100%" height="100%" fill="url(#zellige)" mask="url(#zellige-mask)" />
  </svg>
)
