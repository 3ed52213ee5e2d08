import type { IntentResult } from '@sendocki/domain/parcels/parcel-schema'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, bodyOf } from './api.ts'

type Option = IntentResult['lackingOptions'][number]

const send = (orderIds: readonly string[], carrierAccountId: string, dryRun: boolean) =>
  bodyOf(
    api.POST('/api/v1/parcels', {
      body: { orderIds: [...orderIds], carrierAccountId, ...(dryRun ? { dryRun } : {}) },
    }),
  )

/** What a carrier would not be told of orders that it would take, and for how many of them. */
export const lackingIn = (items: readonly IntentResult[]): readonly (readonly [Option, number])[] => {
  const counts = new Map<Option, number>()
  for (const { refusal, lackingOptions } of items)
    if (refusal === null) for (const option of lackingOptions) counts.set(option, (counts.get(option) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)
}

export interface Shipper {
  readonly id: string
  readonly name: string
}

interface Asked {
  readonly account: Shipper
  readonly options: readonly (readonly [Option, number])[]
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
