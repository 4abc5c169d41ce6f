// Row H2's reference.
import { openDB } from 'idb'
import { renderNewest } from '../reference/plainPage'
import { whenPainted } from './whenPainted'

const shownAt = whenPainted(() => document.querySelector('td') !== null)
Object.assign(globalThis, { bench: { shownAt } })
const place = document.getElementById('rows')
const db = await openDB(new URLSearchParams(location.search).get('db') ?? 'bench-empty')
if (place) await renderNewest(db, place)
