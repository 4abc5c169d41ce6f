/** Puts an address of the app in the place of the current one, so that Back does not go through it. `href` begins with `#`. */
export function replaceRoute(href: string): void {
  if (href === location.hash) return
  history.replaceState(history.state, '', href)
  dispatchEvent(new HashChangeEvent('hashchange'))
}
