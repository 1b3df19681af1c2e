/** Builds the pages where nobody has built them yet: what `npm run build` does, for a server that starts alone. */
import { build } from 'vite'

/** Writes web/dist. Takes a few seconds; throws with the reason when the pages do not build. */
export async function buildWeb(): Promise<void> {
  await build({ configFile: `${import.meta.dirname}/vite.config.ts`, logLevel: 'warn' })
}
