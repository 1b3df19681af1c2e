/** Builds the pages into web/dist: hashed files, each with a .br and .gz beside it, and a manifest of what loads first. */
import babel from '@rolldown/plugin-babel'
import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { onlyAddresses, precompress, preloadApp } from './build-plugins.ts'

// Babel is the transform on purpose: the native one is left out by an install under Node 20.
process.env['LINGUI_SUPPRESS_BABEL_WARNING'] = '1'

const configPath = `${import.meta.dirname}/../lingui.config.ts`

// One big piece compresses better than twenty small ones, and what every page needs is needed at once. Apart from it:
// the words, for which the entry asks before anything else is there.
const groups = [
  { name: 'words', test: /node_modules\/@lingui\/(core|message-utils)|web\/src\/lang\/languages/, priority: 3 },
  { name: 'frame', test: /node_modules\/(?!@mantine|clsx|@simplewebauthn|uqr)/, priority: 2 },
  { name: 'parts', test: /web\/src\/(ui\/(?!mantine)|call)|server\/platform/, minShareCount: 4, priority: 1 },
]

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    react(),
    lingui({ configPath, failOnMissing: true, failOnCompileError: true }),
    babel({ presets: [linguiTransformerBabelPreset({}, { configPath })] }),
    onlyAddresses(),
    preloadApp(),
    precompress(),
  ],
  resolve: { alias: { typebox: `${import.meta.dirname}/no-schemas.ts` } },
  // Browsers since the middle of 2024: what has no Temporal among them is served by ui/time.ts.
  build: {
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    manifest: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    // A page carries the endpoints it asks, not whole contracts.
    rolldownOptions: {
      treeshake: { manualPureFunctions: ['endpoint', 'object', 'orNull', 'Type'] },
      output: { codeSplitting: { groups } },
    },
  },
  server: {
    fs: { allow: ['..'] },
    proxy: { '/api': process.env['ATTEND_API'] ?? 'http://localhost:3000' },
  },
})
