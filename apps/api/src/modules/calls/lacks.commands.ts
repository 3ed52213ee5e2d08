import { lackOfYes } from '@sendocki/domain/orders/answering'
import { defaultStageOf, type RequiredFacts } from '@sendocki/domain/orders/pipeline'
import type { YesLack } from '@sendocki/domain/orders/states'
import { asksTwice, type RiskLevel } from '@sendocki/domain/risk/settings'
import type { MerchantTx } from '../../context.ts'
import { pipelineOf } from '../pipeline/index.ts'
import { readRiskSettings } from '../risk/index.ts'

/** What a yes in writing to an order still lacks, by the stage where orders are confirmed and by the settings of risk. */
export const readLacks = async (
  tx: MerchantTx,
): Promise<(order: RequiredFacts & { readonly riskLevel: RiskLevel | null }) => YesLack | null> => {
  const [pipeline, risk] = await Promise.all([pipelineOf(tx), readRiskSettings(tx)])
  const stage = defaultStageOf(pipeline, 'confirmed')
  return (order) => (stage ? lackOfYes(order, stage, asksTwice(risk, order.riskLevel)) : null)
}
