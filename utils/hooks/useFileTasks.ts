import { useEffect } from 'react'
import type { TelemetryCore } from '../../services/createTelemetry'
import { createFileTasks, type FileTasks } from '../files/createFileTasks'
import { exportToast, importToast, seedToast, tellTask } from '../files/taskToasts'
import { useTelemetry } from './TelemetryProvider'
import { useToasts } from './useToasts'

const tasks = new WeakMap<TelemetryCore, FileTasks>()

/** The long work of the provider's telemetry; it outlives the page that began it. */
export function useFileTasks(): FileTasks {
  const telemetry = useTelemetry()
  const known = tasks.get(telemetry)
  if (known) return known
  const made = createFileTasks()
  tasks.set(telemetry, made)
  return made
}

/** Tells by messages how far work is that no part of the page shows, and what came of it. */
export function useFileToasts(): void {
  const { importing, exporting, seeding } = useFileTasks()
  const toasts = useToasts()
  useEffect(() => {
    const leave = [
      tellTask(importing, toasts, importToast),
      tellTask(exporting, toasts, exportToast),
      tellTask(seeding, toasts, seedToast),
    ]
    return () => leave.forEach((end) => end())
  }, [importing, exporting, seeding, toasts])
}
