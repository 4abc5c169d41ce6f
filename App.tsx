import { useEffect, type ReactElement } from 'react'
import { GenerateGuard } from './components/generate/GenerateGuard'
import { GeneratePage } from './components/generate/GeneratePage'
import { FilteredHistory } from './components/filter/FilteredHistory'
import { ComparePage } from './components/compare/ComparePage'
import { LivePage } from './components/live/LivePage'
import { RunPage } from './components/run/RunPage'
import { SettingsPage } from './components/settings/SettingsPage'
import { Shell } from './components/shell/Shell'
import { PageBoundary } from './components/ui/PageBoundary'
import {
  ShownServer,
  ToastProvider,
  useAway,
  useChosenServer,
  useHashRoute,
  usePreference,
  type HashRoute,
} from './utils/hooks'
import './components/theme/tokens.css'
import './components/theme/parts.css'

/** The dashboard by itself. Needs a `<TelemetryProvider>` around it. */
export function App(): ReactElement {
  const route = useHashRoute()
  const server = useChosenServer(route)
  const away = useAway()
  useTheme()
  // Another server's page is another page: nothing that was held or unfolded is carried over.
  const key = [route.page, route.argument, route.page === 'live' ? server.id : ''].join('/')
  return (
    <ShownServer id={server.id}>
      <ToastProvider>
        <Shell page={route.page}>
          <GenerateGuard />
          <PageBoundary key={key}>{pageOf(route, server, away)}</PageBoundary>
        </Shell>
      </ToastProvider>
    </ShownServer>
  )
}

function pageOf(
  { page, argument, query }: HashRoute,
  server: ReturnType<typeof useChosenServer>,
  away: ReturnType<typeof useAway>,
): ReactElement {
  switch (page) {
    case 'history':
      return <FilteredHistory />
    case 'run':
      return <RunPage runId={argument ?? ''} query={query} />
    case 'compare':
      return <ComparePage query={query} />
    case 'generate':
      return <GeneratePage />
    case 'settings':
      return <SettingsPage part={argument} />
    default:
      return (
        <LivePage
          away={away}
          runId={query.get('run') ?? undefined}
          server={server.id}
          isServerUnknown={server.isUnknown}
        />
      )
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
