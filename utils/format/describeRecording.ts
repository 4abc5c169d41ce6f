import type { RecordingState } from '../../types'

/** Whether what a server tells is being saved, by whom, and if not, why: a sentence. */
export function describeRecording(recording: RecordingState): string {
  switch (recording.status) {
    case 'starting':
      return 'The history is being opened.'
    case 'recording':
      return 'This tab saves every run.'
    case 'standby':
      return 'Another tab saves every run; this one shows them.'
    case 'memory':
    case 'elsewhere':
    case 'paused':
      return recording.reason
  }
}
