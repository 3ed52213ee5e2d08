import {
  type CallScript,
  type CreateCallScript,
  type EditCallScript,
  mostScripts,
  unknownVariables,
} from '@sendocki/domain/calls/script'
import { Refused } from '@sendocki/domain/result'
import type { Ctx, MerchantTx } from '../../context.ts'
import { productExists } from '../products/index.ts'
import { findScript, insertScript, listScripts, removeScript, saveScript } from './scripts.queries.ts'

export const readScripts = (ctx: Ctx): Promise<{ items: CallScript[] }> =>
  ctx.read(async (tx) => ({ items: await listScripts(tx) }))

const scriptOf = async (tx: MerchantTx, id: string): Promise<CallScript> => {
  const script = await findScript(tx, id)
  if (!script) throw new Refused('call_script.not_found')
  return script
}

/** A word in braces that no order can fill would be read out to a buyer. */
const assertText = (text: string): void => {
  const [unknown] = unknownVariables(text)
  if (unknown !== undefined) throw new Refused('call_script.unknown_variable', { name: unknown })
}

const told = (script: CallScript) => ({ productId: script.productId, tongue: script.tongue, text: script.text })

export const createScript = (ctx: Ctx, { productId = null, tongue, text }: CreateCallScript): Promise<CallScript> =>
  ctx.transaction(async (tx) => {
    assertText(text)
    if (productId !== null && !(await productExists(tx, productId)))
      throw new Refused('request.invalid', undefined, [{ path: 'productId', code: 'not_in_list' }])
    if ((await listScripts(tx)).length >= mostScripts) throw new Refused('call_script.too_many', { most: mostScripts })
    const id = ctx.newId()
    const added = await insertScript(tx, { id, productId, tongue, text, updatedAt: ctx.now.toISOString() })
    if (!added) throw new Refused('call_script.taken')
    const script = await scriptOf(tx, id)
    ctx.record(tx, { type: 'call_script.created', subject: { kind: 'call_script', id }, after: told(script) })
    return script
  })

export const editScript = (ctx: Ctx, { id, version, text }: EditCallScript & { id: string }): Promise<CallScript> =>
  ctx.transaction(async (tx) => {
    assertText(text)
    const before = await scriptOf(tx, id)
    const saved = await saveScript(tx, { id, version }, { text, updatedAt: ctx.now.toISOString() })
    if (!saved) throw new Refused('call_script.changed_meanwhile', { current: await scriptOf(tx, id) })
    ctx.record(tx, {
      type: 'call_script.edited',
      subject: { kind: 'call_script', id },
      before: { text: before.text },
      after: { text },
    })
    return scriptOf(tx, id)
  })

export const deleteScript = (ctx: Ctx, id: string): Promise<null> =>
  ctx.transaction(async (tx) => {
    const script = await scriptOf(tx, id)
    await removeScript(tx, id)
    ctx.record(tx, { type: 'call_script.deleted', subject: { kind: 'call_script', id }, before: told(script) })
    return null
  })
