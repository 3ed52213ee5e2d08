import { useEffect, useRef, useState } from 'react'
import { recordingFile, recordingType } from './files.ts'

/** Longer voice notes are nobody's, and a forgotten microphone ends by itself. */
const longestMillis = 10 * 60_000

export type RecorderProblem = 'unsupported' | 'denied' | 'noMicrophone'

const problemOf = (error: unknown): RecorderProblem =>
  error instanceof DOMException && error.name === 'NotFoundError' ? 'noMicrophone' : 'denied'

interface Running {
  readonly recorder: MediaRecorder
  readonly stream: MediaStream
  keeps: boolean
}

/** A voice note from the microphone: begun, then kept or thrown away. Says plainly where it cannot be. */
export const useRecorder = (onDone: (file: File) => void) => {
  const running = useRef<Running | null>(null)
  const [since, setSince] = useState<Date | null>(null)
  const [problem, setProblem] = useState<RecorderProblem | null>(null)

  const end = (keeps: boolean): void => {
    const { current } = running
    if (!current || current.recorder.state === 'inactive') return
    current.keeps = keeps
    current.recorder.stop()
  }
  useEffect(() => () => end(false), [])

  const start = async (): Promise<void> => {
    setProblem(null)
    const isThere = 'MediaRecorder' in globalThis && 'mediaDevices' in navigator
    const type = isThere ? recordingType((one) => MediaRecorder.isTypeSupported(one)) : null
    if (type === null) return setProblem('unsupported')
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      const recorder = new MediaRecorder(stream, { mimeType: type })
      const now: Running = { recorder, stream, keeps: false }
      const parts: Blob[] = []
      const limit = setTimeout(() => end(true), longestMillis)
      recorder.addEventListener('dataavailable', ({ data }) => void parts.push(data))
      recorder.addEventListener('stop', () => {
        clearTimeout(limit)
        for (const track of stream.getTracks()) track.stop()
        running.current = null
        setSince(null)
        if (now.keeps) onDone(recordingFile(parts, type))
      })
      running.current = now
      recorder.start()
      setSince(new Date())
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  return { since, problem, start, keep: () => end(true), drop: () => end(false) }
}
