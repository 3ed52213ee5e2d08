import type { IntentResult } from '@sendocki/domain/parcels/parcel-schema'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, bodyOf } from './api.ts'
import { type LackingOption, lackingIn } from './lacking.ts'

const send = (orderIds: readonly string[], carrierAccountId: string, dryRun: boolean) =>
  bodyOf(
    api.POST('/api/v1/parcels', {
      body: { orderIds: [...orderIds], carrierAccountId, ...(dryRun ? { dryRun } : {}) },
    }),
  )

export interface Shipper {
  readonly id: string
  readonly name: string
}

interface Asked {
  readonly account: Shipper
  readonly options: readonly (readonly [LackingOption, number])[]
}

interface ShippingOptions {
  readonly orderIds: readonly string[]
  readonly onDone: (items: readonly IntentResult[], account: Shipper) => void
  readonly onError: (problem: Error) => void
}

/**
 * Hands orders to a carrier after asking what would become of them: an option that the carrier lacks is a question
 * first, and everything else goes at once.
 */
export const useShipping = ({ orderIds, onDone, onError }: ShippingOptions) => {
  const [asked, setAsked] = useState<Asked | null>(null)
  const real = useMutation({
    mutationFn: (account: Shipper) => send(orderIds, account.id, false),
    onSuccess: ({ items }, account) => onDone(items, account),
    onError,
    onSettled: () => setAsked(null),
  })
  const preview = useMutation({
    mutationFn: (account: Shipper) => send(orderIds, account.id, true),
    onSuccess: ({ items }, account) => {
      const options = lackingIn(items)
      if (options.length === 0) real.mutate(account)
      else setAsked({ account, options })
    },
    onError,
  })
  return {
    ship: (account: Shipper) => preview.mutate(account),
    pending: preview.isPending || real.isPending,
    asked,
    confirm: () => {
      if (asked) real.mutate(asked.account)
    },
    leave: () => setAsked(null),
  }
}
