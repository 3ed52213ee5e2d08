import { Popover } from '@mantine/core'
import type { TodayFigure } from '@sendocki/domain/reports/today'
import { IconAlarmFilled, IconArrowDown, IconArrowUp, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatPercent } from '../../lib/format.ts'
import { currentLanguage } from '../../lib/i18n.ts'
import { Amount, Count } from '../../ui/numbers.tsx'
import { changeOf, listOf } from './links.ts'
import classes from './reports.module.css'

/** One figure: what it counts, how many, and how that compares with yesterday at the same hour. */
export const FigureCell = ({ figure }: { figure: TodayFigure }) => {
  const { t } = useTranslation('reports')
  const { key, count, capped, sumCentimes, filters } = figure
  const alarm = key === 'late' && count > 0
  return (
    <li className={classes.figure} data-key={key} data-alarm={alarm || undefined}>
      <div className={classes.name}>
        <span id={`figure-${key}`}>{t(`figure.${key}`)}</span>
        <Definition figure={figure} />
      </div>
      <Link to={listOf(filters)} className={classes.count} aria-describedby={`figure-${key}`}>
        {alarm && <IconAlarmFilled size={20} aria-hidden />}
        <Count count={count} capped={capped} />
        <span className="visually-hidden">{t('seeList')}</span>
      </Link>
      <div className={classes.compared}>
        {sumCentimes !== null && <Amount centimes={sumCentimes} />}
        <Change figure={figure} />
      </div>
    </li>
  )
}

const Change = ({ figure }: { figure: TodayFigure }) => {
  const { t } = useTranslation('reports')
  const yesterday = figure.before.find(({ key }) => key === 'yesterday')
  if (!yesterday) return figure.sumCentimes === null && <span>{t('now')}</span>
  const change = changeOf(figure, yesterday)
  const Arrow = change !== null && change < 0 ? IconArrowDown : IconArrowUp
  return (
    <>
      {change !== null && change !== 0 && (
        <span className={classes.change} data-tone={change > 0 ? 'ok' : 'bad'}>
          <Arrow size={14} stroke={2} aria-hidden />
          <bdi dir="ltr">{formatPercent(change, currentLanguage())}</bdi>
        </span>
      )}
      <span>
        {t('before.yesterday')} <Count count={yesterday.count} capped={yesterday.capped} />
      </span>
    </>
  )
}

/** What is counted, in words; the same figure a week ago; and the way to the list. */
const Definition = ({ figure }: { figure: TodayFigure }) => {
  const { t } = useTranslation('reports')
  const { key, filters, before } = figure
  const name = t(`figure.${key}`)
  return (
    <Popover position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.info} aria-label={t('explain', { figure: name })}>
          <IconInfoCircle size={16} stroke={1.75} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.definition} aria-label={t('explain', { figure: name })}>
        <p>{t(`definition.${key}`)}</p>
        {before.length > 0 && (
          <dl>
            {before.map((one) => (
              <div key={one.key}>
                <dt>{t(`before.${one.key}`)}</dt>
                <dd>
                  <Count count={one.count} capped={one.capped} />
                </dd>
              </div>
            ))}
          </dl>
        )}
        <Link to={listOf(filters)}>{t('seeOrders')}</Link>
      </Popover.Dropdown>
    </Popover>
  )
}
