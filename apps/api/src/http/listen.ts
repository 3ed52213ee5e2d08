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
