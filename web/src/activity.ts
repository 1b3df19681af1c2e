/** Whether somebody is at this screen: only what a person does counts, in any tab, never what pages ask by themselves. */

/** Other tabs are told at most so often. */
const toldEvery = 5_000
/** After so long without a touch, what a page asks is no sign that somebody is there. */
const attendedFor = 60_000

let touched = Date.now()

/** Milliseconds since 1970 of this machine's clock: the last touch of a person. */
export const touchedAt = () => touched

export const isAttended = () => Date.now() - touched < attendedFor

function watch(channel: BroadcastChannel | undefined) {
  let told = 0
  const touch = () => {
    touched = Date.now()
    if (touched - told < toldEvery) return
    told = touched
    channel?.postMessage(touched)
  }
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const)
    window.addEventListener(kind, touch, { capture: true, passive: true })
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'number') touched = Math.max(touched, Math.min(data, Date.now()))
  })
}

// Read where there is no page, as by a test, there is nobody to watch.
if (typeof window !== 'undefined')
  watch('BroadcastChannel' in window ? new BroadcastChannel('attend-activity') : undefined)
