import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { World } from '../world.ts'
import { refuse, success } from './answers.ts'
import { districtOf } from './districts.ts'
import { pdfOf } from './pdf.ts'
import type { Parcel } from './state.ts'

/** Labels are made on demand; the answer holds links that end soon. Source: integrations.md 1.3. */
export const labelRoutes = (app: FastifyInstance, world: World): void => {
  app.post<{ Body: Readonly<Record<string, unknown>> | undefined }>('/deliveries/getlabels', (request, reply) => {
    const { sendit } = world.state
    const codes = String(request.body?.codesToPrint ?? '')
      .split(',')
      .map((code) => code.trim())
      .filter((code) => code !== '')
    const missing = codes.filter((code) => sendit.parcels.get(code)?.account !== request.account)
    if (codes.length === 0)
      return refuse(reply, { kind: 'fields', errors: { codesToPrint: ['Le champ codesToPrint est obligatoire.'] } })
    if (missing.length > 0)
      return refuse(reply, { kind: 'sentence', message: `Colis introuvable : ${missing.join(', ')}` })
    const token = randomBytes(18).toString('base64url')
    const expiresAt = world.now().getTime() + sendit.labelSeconds * 1000
    sendit.sheets.set(token, { codes, expiresAt })
    const link = `http://${request.host}/sendit/labels/${token}.pdf?expires=${Math.floor(expiresAt / 1000)}`
    return success('Étiquettes prêtes', { fileUrl: link, filePrint: `${link}&print=1` })
  })
}

/** The file behind such a link: whoever holds the link may read it, until it ends. */
export const sheetRoute = (app: FastifyInstance, world: World): void => {
  app.get<{ Params: { file: string } }>('/sendit/labels/:file', (request, reply) => {
    const { sendit } = world.state
    const sheet = sendit.sheets.get(request.params.file.replace(/\.pdf$/, ''))
    if (!sheet || sheet.expiresAt <= world.now().getTime())
      return reply.code(403).type('text/html').send('<!doctype html><title>403</title><h1>Invalid signature.</h1>')
    const parcels = sheet.codes.map((code) => sendit.parcels.get(code)).filter((parcel) => parcel !== undefined)
    return reply.type('application/pdf').send(pdfOf(parcels.map((parcel) => ({ lines: linesOf(parcel) }))))
  })
}

const linesOf = (parcel: Parcel): readonly string[] => [
  parcel.code,
  'SENDIT',
  `Ref : ${parcel.reference}`,
  `Destinataire : ${parcel.name}`,
  `Téléphone : ${parcel.phone}`,
  districtOf(parcel.district_id)?.name ?? '',
  ...(parcel.address.match(/.{1,42}/gu) ?? []).slice(0, 3),
  `Montant : ${parcel.amount} DH`,
  parcel.allow_open ? 'Ouverture autorisée' : 'Ne pas ouvrir',
  ...(parcel.allow_try ? ['Essai autorisé'] : []),
  ...(parcel.option_exchange ? [`Échange : reprendre ${parcel.delivery_exchange_id}`] : []),
]
