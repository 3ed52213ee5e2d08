import type { CreateCallScript } from '@sendocki/domain/calls/script'
import type { SaveCallSettings } from '@sendocki/domain/calls/settings'
import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../lib/api.ts'

export const callSettingsQuery = queryOptions({
  queryKey: ['call_settings'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/calls/settings', { signal })),
})

export const scriptsQuery = queryOptions({
  queryKey: ['call_script'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/calls/scripts', { signal })),
})

/** The products that a script can be written for: what is found by a few letters, the first ones without any. */
export const productChoicesQuery = (q: string) =>
  queryOptions({
    queryKey: ['product', 'choices', q],
    queryFn: ({ signal }) => {
      const query = { active: true, limit: 20, ...(q === '' ? {} : { q }) }
      return bodyOf(api.GET('/api/v1/products', { params: { query }, signal }))
    },
  })

/** Whose prices may be limited. */
export const rolesQuery = queryOptions({
  queryKey: ['role', 'list'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/roles', { signal })),
})

export const pbxQuery = queryOptions({
  queryKey: ['pbx_hook'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/calls/pbx', { signal })),
})
export const connectPbx = () => bodyOf(api.POST('/api/v1/calls/pbx'))
export const disconnectPbx = async (): Promise<void> => void (await api.DELETE('/api/v1/calls/pbx'))

export const saveCallSettings = (body: SaveCallSettings) => bodyOf(api.PUT('/api/v1/calls/settings', { body }))
export const createScript = (body: CreateCallScript) => bodyOf(api.POST('/api/v1/calls/scripts', { body }))
export const editScript = (id: string, version: number, text: string) =>
  bodyOf(api.PATCH('/api/v1/calls/scripts/{id}', { params: { path: { id } }, body: { version, text } }))
export const deleteScript = (id: string) =>
  bodyOf(api.DELETE('/api/v1/calls/scripts/{id}', { params: { path: { id } } }))
