export { GenerateError } from './services/comfy/generateError'
export { compareRuns } from './services/comparison/compareRuns'
export { createTelemetry } from './services/createTelemetry'
export { ExportError, exportHistory, exportRuns, ImportError, importRuns } from './services/exportService'
export { artifactToRun, parseArtifact, toQueueConfig, toQueuePolicy } from './services/payloadService'
export { createRealtimeTelemetry } from './services/realtimeTelemetryService'
export { openRunHistory } from './services/runHistoryService'
export {
  TelemetryProvider,
  useRealtimeTelemetry,
  useRunHistory,
  useServers,
  useTelemetry,
} from './utils/hooks'
export { TelemetryBadges } from './components/TelemetryBadges'
export { TelemetryComparisonChart } from './components/TelemetryComparisonChart'
export type { TelemetryCore } from './services/createTelemetry'
export type * from './types'
