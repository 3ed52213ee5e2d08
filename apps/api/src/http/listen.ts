import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { BadSetting } from '../config.ts'

/** Opens the port, or says in one sentence why it cannot be had. */
export const listen = async (app: FastifyInstance, host: string, port: number, setting: string): Promise<void> => {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new BadSetting(`Port ${port} is taken: stop what listens there, or set ${setting} to another one.`)
    if (code === 'EACCES') throw new BadSetting(`This user may not open port ${port}: set ${setting} above 1023.`)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
      throw new BadSetting(`HOST must be an address of this machine, not "${host}".`)
    throw error
  }
}

/**
 * While the process leaves, a connection that has its answer is not kept for another request. One over which nothing was
 * ever said, as browsers open them in advance, is ended: to Node it is at work, and would hold the process up for a minute.
 */
export const letConnectionsGo = (app: FastifyInstance): void => {
  const open = new Set<Socket>()
  app.server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  app.addHook('preClose', async () => {
    app.server.keepAliveTimeout = 1
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
  })
}
