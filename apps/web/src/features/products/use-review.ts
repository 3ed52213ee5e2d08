import type { ShopProduct } from '@sendocki/domain/products/product'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../lib/problem.ts'
import { showToast } from '../../ui/toast.tsx'
import { adoptShopProduct, ignoreShopProduct, linkShopProduct, productKeys, reopenShopProduct } from './products.api.ts'

export type Decision = { readonly thing: ShopProduct } & (
  | { readonly kind: 'adopt' | 'ignore' | 'reopen' }
  | { readonly kind: 'link'; readonly variantId: string }
)

const send = (decision: Decision): Promise<ShopProduct> => {
  const { id } = decision.thing
  if (decision.kind === 'link') return linkShopProduct(id, decision.variantId)
  return { adopt: adoptShopProduct, ignore: ignoreShopProduct, reopen: reopenShopProduct }[decision.kind](id)
}

/** Says what a thing of a shop is, tells it, and offers to take it back. */
export const useReview = () => {
  const { t } = useTranslation('products')
  const queries = useQueryClient()
  const readAgain = async (): Promise<void> => {
    for (const key of [productKeys.shopThings, productKeys.all]) await queries.invalidateQueries({ queryKey: key })
  }
  const decide = useMutation({
    mutationFn: send,
    onSuccess: async (_, decision) => {
      const { thing, kind } = decision
      showToast({
        message: t(`review.done.${kind}`, { name: thing.name }),
        ...(kind === 'reopen' ? {} : { undo: () => decide.mutate({ kind: 'reopen', thing }) }),
      })
      await readAgain()
    },
    onError: (problem) => showToast({ tone: 'refused', message: problemText(problem) }),
  })
  return {
    pending: decide.isPending,
    act: (decision: Decision): void => {
      if (!decide.isPending) decide.mutate(decision)
    },
  }
}
