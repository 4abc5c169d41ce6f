// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import FallbackWarningsCard from '../../components/FallbackWarningsCard'
import HistoricalTelemetryCard from '../../components/HistoricalTelemetryCard'
import QueuePolicyCard from '../../components/QueuePolicyCard'
import RunComparisonBlock from '../../components/RunComparisonBlock'
import SceneTrendIndicator from '../../components/SceneTrendIndicator'
import TelemetryBadges from '../../components/TelemetryBadges'
import TelemetryComparisonChart from '../../components/TelemetryComparisonChart'
import TelemetryFilterPanel from '../../components/TelemetryFilterPanel'
import * as door from '../../index'

it('a host may import each component from its own file, as the default, or by name from the door', () => {
  expect({
    FallbackWarningsCard,
    HistoricalTelemetryCard,
    QueuePolicyCard,
    RunComparisonBlock,
    SceneTrendIndicator,
    TelemetryBadges,
    TelemetryComparisonChart,
    TelemetryFilterPanel,
  }).toEqual({
    FallbackWarningsCard: door.FallbackWarningsCard,
    HistoricalTelemetryCard: door.HistoricalTelemetryCard,
    QueuePolicyCard: door.QueuePolicyCard,
    RunComparisonBlock: door.RunComparisonBlock,
    SceneTrendIndicator: door.SceneTrendIndicator,
    TelemetryBadges: door.TelemetryBadges,
    TelemetryComparisonChart: door.TelemetryComparisonChart,
    TelemetryFilterPanel: door.TelemetryFilterPanel,
  })
})
