import type { Handlers } from '../../jobs/engine.ts'
import { linkRemainingLines } from './review.commands.ts'

export const productsJobs = {
  'products.link_lines': (ctx, { shopProductId }) => linkRemainingLines(ctx, shopProductId),
} satisfies Partial<Handlers>
