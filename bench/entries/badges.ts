// Row S1: what a host imports that shows live badges.
export { createTelemetry, TelemetryBadges, TelemetryProvider, useRealtimeTelemetry } from '../../index'
