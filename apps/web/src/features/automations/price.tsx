import { microsInCentime } from '@sendocki/domain/automations/settings'
import { useFormats } from '../../ui/formats.ts'
import { Amount } from '../../ui/numbers.tsx'

const microsInDirham = 100 * microsInCentime

/** Money of messages: some centimes each, so what is below a dirham is written with four figures behind the comma. */
export const Price = ({ micros }: { micros: number }) => {
  const { money } = useFormats()
  if (micros === 0 || micros >= microsInDirham)
    return <Amount centimes={Math.round(micros / microsInCentime)} decimals="always" />
  const { number: zero, unit, unitFirst } = money(0, 'always')
  const number = (micros / microsInDirham).toFixed(4).replace('.', zero.charAt(1))
  return (
    <bdi>
      {unitFirst && <>{unit}&nbsp;</>}
      <bdi dir="ltr">{number}</bdi>
      {!unitFirst && <>&nbsp;{unit}</>}
    </bdi>
  )
}
