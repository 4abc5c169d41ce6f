export { GenerateError } from './services/comfy/generateError'
export { compareRuns } from './services/comparison/compareRuns'
export { createTelemetry } from './services/createTelemetry'
export { ExportError, exportHistory, exportRuns, ImportError, importRuns } from './services/exportService'
export { artifactToRun, parseArtifact, toQueueConfig, toQueuePolicy } from './services/payloadService'
export { createRealtimeTelemetry } from './services/realtimeTelemetryService'
export { openRunHistory } from './services/runHistoryService'
export {
  addTerm,
  decodeFilter,
  decodeView,
  encodeFilter,
  encodeView,
  formatQuery,
  matchesFilter,
  normalizeFilter,
  parseQuery,
} from './services/telemetryFilterService'
export {
  SceneTrends,
  TelemetryProvider,
  useRealtimeTelemetry,
  useRunHistory,
  useServers,
  useTelemetry,
  useTelemetryFilter,
} from './utils/hooks'
export { ConnectedFallbackWarningsCard, FallbackWarningsCard } from './components/FallbackWarningsCard'
export {
  ConnectedHistoricalTelemetryCard,
  HistoricalTelemetryCard,
} from './components/HistoricalTelemetryCard'
export { ConnectedQueuePolicyCard, QueuePolicyCard } from './components/QueuePolicyCard'
export { ConnectedRunComparisonBlock, RunComparisonBlock } from './components/RunComparisonBlock'
export { ConnectedSceneTrendIndicator, SceneTrendIndicator } from './components/SceneTrendIndicator'
export { TelemetryBadges } from './components/TelemetryBadges'
export { TelemetryComparisonChart } from './components/TelemetryComparisonChart'
export { ConnectedTelemetryFilterPanel, TelemetryFilterPanel } from './components/TelemetryFilterPanel'
export type { TelemetryCore } from './services/createTelemetry'
export type * from './types'
