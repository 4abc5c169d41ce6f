import { expose } from 'comlink'
import { createServicePort } from './servicePort'

// The one thing that begins by itself: a worker exists only because somebody asked for its services.
expose(createServicePort())
