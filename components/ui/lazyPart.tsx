import { Component, lazy, type ComponentType, type ReactElement, type ReactNode } from 'react'

/**
 * A component whose code is fetched when it is first shown, under the `<Suspense>` of whoever shows it. Where it can't be had, or can't
 * be drawn, it says so in its place and tries again when asked to: the page around it stands.
 */
export function lazyPart<TProps extends object>(
  load: () => Promise<{ readonly default: ComponentType<TProps> }>,
): (props: TProps) => ReactElement {
  let Loaded = lazy(load)
  const again = (): void => {
    // What failed once stays failed.
    Loaded = lazy(load)
  }
  return function Part(props) {
    return <PartBoundary onAgain={again}>{() => <Loaded {...props} />}</PartBoundary>
  }
}

interface PartBoundaryProps {
  readonly children: () => ReactNode
  readonly onAgain: () => void
}

class PartBoundary extends Component<PartBoundaryProps, { readonly hasFailed: boolean }> {
  override state: { readonly hasFailed: boolean } = { hasFailed: false }

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true }
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children()
    const retry = (): void => {
      this.props.onAgain()
      this.setState({ hasFailed: false })
    }
    return (
      <p role="alert" className="tele-muted">
        This part could not be loaded or drawn; the rest of the page goes on. If it stays so, reload the page.{' '}
        <button type="button" className="tele-button" onClick={retry}>
          Try again
        </button>
      </p>
    )
  }
}
