import type { CallContext } from '@sendocki/domain/calls/call-schema'
import type { BlockMode } from '@sendocki/domain/customers/block'
import { IconBan } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Words } from '../../ui/numbers.tsx'
import { When } from '../../ui/when.tsx'
import classes from './blocked-band.module.css'

interface BlockedBandProps {
  readonly mode: BlockMode
  /** Who blocked them and why; undefined until it is known. */
  readonly block: CallContext['block'] | undefined
}

/** The customer is blocked: said before the first word is spoken. Nothing was moved, so whoever calls decides. */
export const BlockedBand = ({ mode, block }: BlockedBandProps) => {
  const { t } = useTranslation('calls')
  return (
    <div role="status" className={classes.blocked}>
      <IconBan size={16} stroke={1.75} aria-hidden />
      <div>
        <strong>{t(`blocked.${mode}`)}</strong>
        {block && (
          <p>
            <Words>{block.reason}</Words>
          </p>
        )}
        {block && (
          <p className={classes.who}>
            {block.by !== null && <Words>{block.by}</Words>} <When instant={block.at} />
          </p>
        )}
      </div>
    </div>
  )
}
