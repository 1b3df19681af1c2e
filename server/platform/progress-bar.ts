/** A bar with share, rate and time left, for whoever waits at a terminal; plain lines now and then where there is none. */

export interface Share {
  bytes: number
  ofBytes: number | undefined
  resources: number
}

/** Draws on `out`; `end` leaves the last state standing. */
export function progressBar(out: NodeJS.WriteStream) {
  const began = performance.now()
  let shown = 0
  let last = ''
  const draw = (line: string) => out.write(out.isTTY ? `\r${line.padEnd(last.length)}` : `${line}\n`)
  return {
    show(share: Share) {
      const now = performance.now()
      if (now - shown < (out.isTTY ? 100 : 5000)) return
      shown = now
      last = lineOf(share, (now - began) / 1000)
      draw(last)
    },
    end() {
      if (out.isTTY && last !== '') out.write('\n')
    },
  }
}

/** '[#####-----]  50%  1,234 records  617/s  2 s left' */
export function lineOf({ bytes, ofBytes, resources }: Share, seconds: number): string {
  const rate = seconds > 0 ? Math.round(resources / seconds) : 0
  const count = `${resources.toLocaleString('en')} records  ${rate.toLocaleString('en')}/s`
  if (!ofBytes) return count
  const share = Math.min(1, bytes / ofBytes)
  const left = share > 0 ? Math.ceil((seconds / share) * (1 - share)) : undefined
  const full = Math.round(share * 24)
  return `[${'#'.repeat(full)}${'-'.repeat(24 - full)}] ${String(Math.floor(share * 100)).padStart(3)}%  ${count}${left === undefined ? '' : `  ${left} s left`}`
}
