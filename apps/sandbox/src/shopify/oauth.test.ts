import { describe, expect, it } from 'vitest'
import { callbackSignature } from '../signatures.ts'
import { connectShop, consent, redirectUri, testSandbox } from '../testing/client.ts'

const query = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString()
const asked = { client_id: 'demo', scope: 'read_orders,read_products', redirect_uri: redirectUri, state: 'st1' }
const page = '/shopify/atlas.myshopify.com/admin/oauth/authorize'
const form = { 'content-type': 'application/x-www-form-urlencoded' }

describe("Shopify's consent", () => {
  it('needs a click: the page shows what is asked and redirects nobody', async () => {
    const sandbox = await testSandbox()
    const shown = await sandbox.call('GET', `${page}?${query(asked)}`)
    expect(shown.status).toBe(200)
    expect(shown.text).toContain('Installer l&#39;application'.replace('&#39;', "'"))
    expect(shown.text).toContain('Refuser')
    expect(shown.text).toContain('read_products')
    expect(shown.headers.get('location')).toBeNull()
  })

  it('goes back with a signed query after the click', async () => {
    const sandbox = await testSandbox()
    const { hmac, ...parameters } = await consent(sandbox, 'atlas.myshopify.com')
    expect(parameters).toMatchObject({ shop: 'atlas.myshopify.com', state: 'st1' })
    expect(hmac).toBe(callbackSignature('demo', parameters))
  })

  it('installs nothing when it is refused', async () => {
    const sandbox = await testSandbox()
    const refused = await sandbox.call('POST', page, query({ ...asked, choice: 'refuse' }), form)
    expect(refused.status).toBe(200)
    expect(refused.text).toContain('Vous avez refusé')
    expect((await sandbox.state()).shops[0]).toMatchObject({ installed: false })
  })

  it('refuses an unknown app, an address that is none and a host that is no shop', async () => {
    const sandbox = await testSandbox()
    expect((await sandbox.call('GET', `${page}?${query({ ...asked, client_id: 'other' })}`)).status).toBe(400)
    expect((await sandbox.call('GET', `${page}?${query({ ...asked, redirect_uri: 'javascript:1' })}`)).status).toBe(400)
    expect((await sandbox.call('GET', `/shopify/evil.test/admin/oauth/authorize?${query(asked)}`)).status).toBe(404)
  })

  it('writes what it was given as text', async () => {
    const sandbox = await testSandbox()
    const shown = await sandbox.call('GET', `${page}?${query({ ...asked, state: '"><script>1</script>' })}`)
    expect(shown.text).not.toContain('<script>')
  })

  it('accepts the app that the environment names', async () => {
    const sandbox = await testSandbox({ apps: [{ clientId: 'mine', clientSecret: 'hush' }] })
    expect((await sandbox.call('GET', `${page}?${query({ ...asked, client_id: 'mine' })}`)).status).toBe(200)
  })
})

describe("Shopify's tokens", () => {
  it('open once with a code, and only with the right secret', async () => {
    const sandbox = await testSandbox()
    const { code } = await consent(sandbox, 'atlas.myshopify.com')
    const path = '/shopify/atlas.myshopify.com/admin/oauth/access_token'
    const body = { client_id: 'demo', client_secret: 'demo', code, expiring: 1 }
    const elsewhere = path.replace('atlas', 'other')
    expect((await sandbox.call('POST', elsewhere, body)).body.error).toBe('invalid_grant')
    expect((await sandbox.call('POST', path, { ...body, client_secret: 'no' })).body.error).toBe('invalid_client')
    expect((await sandbox.call('POST', path, body)).body).toMatchObject({ scope: 'read_orders', expires_in: 3600 })
    expect((await sandbox.call('POST', path, body)).status).toBe(400)
  })

  it('live without end when expiring ones were not asked for', async () => {
    const sandbox = await testSandbox()
    const { code } = await consent(sandbox, 'atlas.myshopify.com')
    const path = '/shopify/atlas.myshopify.com/admin/oauth/access_token'
    const { body } = await sandbox.call('POST', path, { client_id: 'demo', client_secret: 'demo', code })
    expect(Object.keys(body)).toEqual(['access_token', 'scope'])
  })

  it('end, and are renewed by a refresh token that works once', async () => {
    const sandbox = await testSandbox()
    const { graphql, tokens, refresh } = await connectShop(sandbox)
    expect((await graphql('{ shop { name } }')).body.data).toEqual({ shop: { name: 'Atlas' } })
    sandbox.clock.advance(3601)
    expect((await graphql('{ shop { name } }')).status).toBe(401)
    const renewed = await refresh(tokens.refresh_token)
    expect((await graphql('{ shop { name } }', {}, renewed.body.access_token)).status).toBe(200)
    expect((await refresh(tokens.refresh_token)).status).toBe(400)
    expect((await refresh(renewed.body.refresh_token)).status).toBe(200)
  })

  it('open their own shop only, and die when the merchant revokes them', async () => {
    const sandbox = await testSandbox()
    const { graphql, tokens, refresh } = await connectShop(sandbox)
    const other = await connectShop(sandbox, 'other.myshopify.com')
    expect((await other.graphql('{ shop { name } }', {}, tokens.access_token)).status).toBe(401)
    await sandbox.control('tokens', { provider: 'shopify', revoke: true })
    expect((await graphql('{ shop { name } }')).status).toBe(401)
    expect((await refresh(tokens.refresh_token)).status).toBe(400)
  })
})
