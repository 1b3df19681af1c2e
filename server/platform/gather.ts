/** Group commit: what is asked for while the same is under way waits for it, and is then done together. */

interface Limits {
  /** How many groups are under way at once; while fewer are, nobody waits. */
  atOnce: number
  /** The most asks of a group. */
  most: number
}

/**
 * Gives a function to ask one by one; `answerAll` gets what was gathered, and answers in the order it was asked. No clock
 * is involved: an ask alone is done at once, and the more wait, the more go together.
 */
export function gathering<Ask, Answer>(
  answerAll: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
  { atOnce, most }: Limits,
): (ask: Ask) => Promise<Answer> {
  const waiting: { ask: Ask; give: (answer: Promise<Answer>) => void }[] = []
  let underWay = 0
  let isCalled = false
  const next = async () => {
    isCalled = false
    if (underWay >= atOnce || waiting.length === 0) return
    underWay++
    const group = waiting.splice(0, most)
    call()
    const all = answerAll(group.map(({ ask }) => ask))
    for (const [at, { give }] of group.entries()) give(all.then((answers) => answers[at] as Answer))
    await Promise.allSettled([all])
    underWay--
    call()
  }
  // After all that came in this turn of the event loop has been read.
  const call = () => {
    if (isCalled || underWay >= atOnce || waiting.length === 0) return
    isCalled = true
    setImmediate(() => void next())
  }
  return (ask) =>
    new Promise((give) => {
      waiting.push({ ask, give })
      call()
    })
}
