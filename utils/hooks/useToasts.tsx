import {
  createContext,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from 'react'
import { createToasts, type ToastState, type Toasts } from '../toasts/createToasts'

const ToastContext = createContext<Toasts | null>(null)

/** The messages of what is below it; they outlive the page that showed them. */
export function ToastProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [toasts] = useState(createToasts)
  useEffect(() => toasts.dispose, [toasts])
  return <ToastContext value={toasts}>{children}</ToastContext>
}

/** Shows messages; throws an error that names `<ToastProvider>` when there is none. Never re-renders. */
export function useToasts(): Toasts {
  const toasts = useContext(ToastContext)
  if (toasts) return toasts
  throw new Error('No messages here: wrap this part of the app in <ToastProvider>.')
}

/** The messages that are shown now. */
export function useToastState(): ToastState {
  const { subscribe, getSnapshot } = useToasts()
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot)
}
