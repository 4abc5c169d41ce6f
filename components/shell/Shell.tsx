import { useLayoutEffect, useRef, useState, type ReactElement, type ReactNode, type RefObject } from 'react'
import {
  useFileToasts,
  useLiveHref,
  useNotifications,
  usePreference,
  useShortcuts,
  useTabSign,
} from '../../utils/hooks'
import { SimulationBanner, StorageBanner } from './Banners'
import { Toasts } from '../ui/Toasts'
import { ConnectionPill } from './ConnectionPill'
import { HeaderSearch } from '../filter/HeaderSearch'
import { LiveRegion } from './LiveRegion'
import { ShortcutsDialog } from './ShortcutsDialog'
import './Shell.css'

const PAGES = [
  { page: 'live', title: 'Live', keys: 'g l' },
  { page: 'history', title: 'History', keys: 'g h' },
  { page: 'compare', title: 'Compare', keys: 'g c' },
  { page: 'settings', title: 'Settings', keys: 'g s' },
] as const

const go = (href: string) => (): void => {
  location.hash = href
}

/** Pages that have no tab of their own. */
const OTHER_TITLES: Readonly<Record<string, string>> = { generate: 'Generate', run: 'Run' }
/** Under whose tab they stand. */
const PARENTS: Readonly<Record<string, string>> = { generate: 'live', run: 'history' }

/** The frame of every page: skip link, bar (tabs at the bottom on phones), banners, live region, keys. */
export function Shell({
  page,
  children,
}: {
  readonly page: string
  readonly children: ReactNode
}): ReactElement {
  const main = useRef<HTMLElement>(null)
  const [isHelpOpen, setHelpOpen] = useState(false)
  const [keys] = usePreference('keys', ['on', 'off'])
  const liveOf = useLiveHref()
  const hrefOf = (name: string): string => (name === 'live' ? liveOf() : `#/${name}`)
  useShortcuts({
    ...Object.fromEntries(PAGES.map(({ page: name, keys: pair }) => [pair, go(hrefOf(name))])),
    '?': () => setHelpOpen(true),
  })
  useArrival(page, main)
  useTabSign(PAGES.find(({ page: name }) => name === page)?.title ?? OTHER_TITLES[page] ?? 'Run')
  useNotifications()
  useFileToasts()
  return (
    <div className="tele tele-shell">
      <SkipLink to={main} />
      <header className="tele-top">
        <span className="tele-brand">gemDirect1 telemetry</span>
        <PageTabs page={page} hrefOf={hrefOf} />
        {page !== 'history' && <HeaderSearch />}
        <span className="tele-spacer" />
        <ConnectionPill />
        <button
          type="button"
          className="tele-button tele-button-quiet tele-help"
          aria-label="Keyboard shortcuts"
          onClick={() => setHelpOpen(true)}
        >
          ?
        </button>
      </header>
      <SimulationBanner />
      <StorageBanner />
      <main ref={main} id="main" tabIndex={-1}>
        {children}
      </main>
      <Toasts />
      <LiveRegion />
      {isHelpOpen && <ShortcutsDialog onClose={() => setHelpOpen(false)} isOff={keys === 'off'} />}
    </div>
  )
}

/** The address is a page's: the browser's own jump to `#main` would leave it. */
function SkipLink({ to }: { readonly to: RefObject<HTMLElement | null> }): ReactElement {
  return (
    <a
      className="tele-skip"
      href="#main"
      onClick={(event) => {
        event.preventDefault()
        to.current?.focus()
      }}
    >
      Skip to the page
    </a>
  )
}

function PageTabs(props: { readonly page: string; readonly hrefOf: (page: string) => string }): ReactElement {
  const current = PARENTS[props.page] ?? props.page
  return (
    <nav aria-label="Pages" className="tele-nav">
      {PAGES.map(({ page, title }) => (
        <a key={page} href={props.hrefOf(page)} aria-current={page === current ? 'page' : undefined}>
          {title}
        </a>
      ))}
    </nav>
  )
}

/**
 * After a move from one page to another the focus is on it, where it would else be nowhere, and the page begins at its top. One that is
 * come back to stands where the browser had it.
 */
function useArrival(page: string, main: RefObject<HTMLElement | null>): void {
  const last = useRef(page)
  // Before the effects of a page, which may scroll to a part of it.
  useLayoutEffect(() => {
    const isNew = history.state === null
    if (isNew) history.replaceState('seen', '')
    if (last.current === page) return
    last.current = page
    main.current?.focus({ preventScroll: true })
    if (isNew) scrollTo({ top: 0 })
  })
}
