import { useEffect, type ReactElement } from 'react'
import { HistoryPage } from './components/history/HistoryPage'
import { LivePage } from './components/live/LivePage'
import { RunPage } from './components/run/RunPage'
import { SettingsPage } from './components/settings/SettingsPage'
import { Shell } from './components/shell/Shell'
import { PageBoundary } from './components/ui/PageBoundary'
import { useAway, useHashRoute, usePreference, type HashRoute } from './utils/hooks'
import './components/theme/tokens.css'
import './components/theme/parts.css'

/** The dashboard by itself. Needs a `<TelemetryProvider>` around it. */
export function App(): ReactElement {
  const route = useHashRoute()
  const away = useAway()
  useTheme()
  return (
    <Shell page={route.page}>
      <PageBoundary key={`${route.page}/${route.argument ?? ''}`}>{pageOf(route, away)}</PageBoundary>
    </Shell>
  )
}

function pageOf({ page, argument, query }: HashRoute, away: ReturnType<typeof useAway>): ReactElement {
  switch (page) {
    case 'history':
      return <HistoryPage />
    case 'run':
      return <RunPage runId={argument ?? ''} scene={query.get('scene') ?? undefined} />
    case 'settings':
      return <SettingsPage />
    default:
      return <LivePage runId={query.get('run') ?? undefined} away={away} />
  }
}

function useTheme(): void {
  const [theme] = usePreference('theme', ['system', 'dark', 'light'])
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: light)')
    const apply = (): void => {
      document.documentElement.dataset.teleTheme =
        theme === 'system' ? (system.matches ? 'light' : 'dark') : theme
    }
    apply()
    system.addEventListener('change', apply)
    return () => system.removeEventListener('change', apply)
  }, [theme])
}
