import { Component, type ReactNode } from 'react'

/**
 * Keeps a page that breaks from taking the frame around it with it, says so, and offers to draw it again. Give it a `key` that names
 * the page: another page starts whole.
 */
export class PageBoundary extends Component<
  { readonly children: ReactNode },
  { readonly error: Error | null }
> {
  override state: { readonly error: Error | null } = { error: null }

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <section className="tele-card" role="alert">
        <h1>This page could not be drawn</h1>
        <p>What is shown here cannot be read by this version. Recording goes on. ({error.message})</p>
        <button type="button" className="tele-button" onClick={() => this.setState({ error: null })}>
          Draw it again
        </button>
      </section>
    )
  }
}
